/** A line with one mistake: what is reported, and what the tree keeps. */
export const mistakes: readonly (readonly [string, string, unknown])[] = [
  // Edges
  [
    'age ->',
    '-> | An arrow needs a variable on its right: write `a -> b`.',
    { kind: 'edges', ends: [['age'], []], arrows: ['->'] },
  ],
  [
    '-> b',
    '-> | An arrow needs a variable on its left: write `a -> b`.',
    { kind: 'edges', ends: [[], ['b']], arrows: ['->'] },
  ],
  [
    '<->',
    '<-> | An arrow joins two variables: write `a -> b`.',
    { kind: 'edges', ends: [[], []], arrows: ['<->'] },
  ],
  [
    'a -> -> b',
    '-> | An arrow needs a variable on its right: write `a -> b`.',
    { kind: 'edges', ends: [['a'], [], ['b']], arrows: ['->', '->'] },
  ],
  [
    'a -> b -> "Why"',
    '-> | An arrow needs a variable on its right: write `a -> b`.',
    { kind: 'edges', ends: [['a'], ['b'], []], arrows: ['->', '->'], note: '"Why"' },
  ],
  [
    'age, -> b',
    ', | A comma needs another variable after it: write one, or remove the comma.',
    { kind: 'edges', ends: [['age'], ['b']], arrows: ['->'] },
  ],
  [
    'a,, b -> c',
    ', | A comma needs another variable after it: write one, or remove the comma.',
    { kind: 'edges', ends: [['a', 'b'], ['c']], arrows: ['->'] },
  ],
  [
    ', a -> b',
    ', | This comma needs a variable before it.',
    { kind: 'edges', ends: [['a'], ['b']], arrows: ['->'] },
  ],
  [
    'a b c -> d',
    'b | A comma is missing before this variable: write `a, b`.',
    { kind: 'edges', ends: [['a', 'b', 'c'], ['d']], arrows: ['->'] },
  ],
  [
    'age, sex',
    'age, sex | An edge needs an arrow and what it leads to: write `a, b -> c`.',
    { kind: 'edges', ends: [['age', 'sex']], arrows: [] },
  ],
  [
    'a - b -> c',
    '- | `-` has no place here: remove it. A line like this reads `a, b -> c`.',
    { kind: 'edges', ends: [['a']], arrows: [] },
  ],
  [
    'a -> b []',
    '[] | The coefficient of an edge is a number: write `[0.5]`.',
    { kind: 'edges', ends: [['a'], ['b']], arrows: ['->'] },
  ],
  [
    'a -> b [x]',
    '[ | The coefficient of an edge is a number: write `[0.5]`.',
    { kind: 'edges', ends: [['a'], ['b']], arrows: ['->'] },
  ],
  [
    'a -> b "Why" [1]',
    '[1] | The note comes last: put this before it.',
    { kind: 'edges', ends: [['a'], ['b']], arrows: ['->'], coefficient: 1, note: '"Why"' },
  ],
  [
    'a -> b "Why" "When"',
    '"When" | An edge has one note: remove this one.',
    { kind: 'edges', ends: [['a'], ['b']], arrows: ['->'], note: '"Why"' },
  ],
  [
    'a -> 5',
    '-> | An arrow needs a variable on its right: write `a -> b`.',
    { kind: 'edges', ends: [['a'], []], arrows: ['->'] },
  ],
  [
    'a -> b )',
    ') | This `)` closes nothing: remove it.',
    { kind: 'edges', ends: [['a'], ['b']], arrows: ['->'] },
  ],
  // Declarations
  [
    'variable',
    'variable | `variable` needs a variable after it, as in `variable age : continuous`.',
    { kind: 'variable', names: [] },
  ],
  [
    'variable x,',
    ', | A comma needs another variable after it: write one, or remove the comma.',
    { kind: 'variable', names: ['x'] },
  ],
  [
    'variable x :',
    ': | `:` needs a type after it: the types are `binary`, `continuous`, `count`, `categorical` and `ordinal`.',
    { kind: 'variable', names: ['x'] },
  ],
  [
    'variable x : binry "Note"',
    'binry | `binry` is not a type: the types are `binary`, `continuous`, `count`, `categorical` and `ordinal`.',
    { kind: 'variable', names: ['x'], note: '"Note"' },
  ],
  [
    'variable x : binary ()',
    '( | `(` needs a level after it.',
    { kind: 'variable', names: ['x'], type: { kind: 'type', name: 'binary', levels: [] } },
  ],
  [
    'variable x : binary (a b)',
    'b | A comma is missing before this level: write `a, b`.',
    { kind: 'variable', names: ['x'], type: { kind: 'type', name: 'binary', levels: ['a', 'b'] } },
  ],
  [
    'variable x =',
    '= | `=` needs an expression after it, as in `variable heavy = weight > 100`.',
    { kind: 'variable', names: ['x'] },
  ],
  [
    'variable x == y',
    '== | A definition is written with one `=`.',
    { kind: 'variable', names: ['x'], definition: 'y' },
  ],
  [
    'variable x "Note" : binary',
    ': binary | The note comes last: put this before it.',
    { kind: 'variable', names: ['x'], type: { kind: 'type', name: 'binary', levels: [] }, note: '"Note"' },
  ],
  [
    'variable x = y : binary',
    ': binary | The type comes before `=`, as in `variable heavy : binary = weight > 100`.',
    { kind: 'variable', names: ['x'], type: { kind: 'type', name: 'binary', levels: [] }, definition: 'y' },
  ],
  [
    'variable x : binary : count',
    ': count | This variable has a type already: remove one of the two.',
    { kind: 'variable', names: ['x'], type: { kind: 'type', name: 'binary', levels: [] } },
  ],
  [
    'variable x -> y',
    '-> | An arrow makes an edge, which stands on a line of its own: `a -> b`.',
    { kind: 'variable', names: ['x'] },
  ],
  [
    'latent u : binary "Note"',
    ': binary | A latent variable has no column, so it takes no type: remove it.',
    { kind: 'latent', names: ['u'], note: '"Note"' },
  ],
  [
    'latent u = x',
    '= x | A latent variable has no column, so nothing defines it: declare it with `variable` if it has one.',
    { kind: 'latent', names: ['u'] },
  ],
  [
    'group',
    'group | `group` needs a name after it, as in `group demographics = age, sex`.',
    { kind: 'group', members: [] },
  ],
  [
    'group g',
    'g | `=` is missing after the name: write `group demographics = age, sex`.',
    { kind: 'group', name: 'g', members: [] },
  ],
  ['group g =', '= | `=` needs a variable after it.', { kind: 'group', name: 'g', members: [] }],
  [
    'group g : a, b',
    ': | The members of a group follow `=`.',
    { kind: 'group', name: 'g', members: ['a', 'b'] },
  ],
  // Roles
  [
    'treatment',
    'treatment | `treatment` needs a variable after it, as in `treatment personalized`.',
    { kind: 'role', role: 'treatment', names: [] },
  ],
  [
    'treatment 5',
    'treatment | `treatment` needs a variable after it, as in `treatment personalized`.',
    { kind: 'role', role: 'treatment', names: [] },
  ],
  [
    'treatment x "Note"',
    '"Note" | A role takes no note: put it on the line that declares the variable.',
    { kind: 'role', role: 'treatment', names: ['x'] },
  ],
  [
    'outcome y : binary',
    ': | A role only names a variable: what it is goes on the line `variable y : …`.',
    { kind: 'role', role: 'outcome', names: ['y'] },
  ],
  [
    'outcome y given z',
    'given | Only `instrument` takes `given`: remove it, or adjust for these variables with `adjust`.',
    { kind: 'role', role: 'outcome', names: ['y'] },
  ],
  [
    'instrument z given',
    'given | `given` needs a variable after it, as in `instrument rollout given age`.',
    { kind: 'role', role: 'instrument', names: ['z'], given: [] },
  ],
  // Model and data
  [
    'model',
    'model | `model` needs a title after it, as in `model "Feed and engagement"`.',
    { kind: 'model' },
  ],
  ['model "A" "B"', '"B" | A model has one title: remove this one.', { kind: 'model', title: '"A"' }],
  [
    'model My own study',
    'My own study | Put the title in quotes: `model "My own study"`.',
    { kind: 'model' },
  ],
  [
    'data',
    'data | `data` needs the path of a file after it, as in `data "music.csv"`.',
    { kind: 'data', options: [] },
  ],
  [
    'data on db',
    'data | `data` needs the path of a file after it, as in `data "music.csv"`.',
    { kind: 'data', on: 'db', options: [] },
  ],
  [
    'data in/music.csv on db',
    'in/music.csv | Put the path in quotes: `data "in/music.csv"`.',
    { kind: 'data', on: 'db', options: [] },
  ],
  [
    'data "a.csv" on',
    'on | `on` needs the name of an engine after it.',
    { kind: 'data', path: '"a.csv"', options: [] },
  ],
  // Estimates
  [
    'estimate',
    'estimate | `estimate` needs a method after it, as in `estimate regression`.',
    { kind: 'estimate', options: [] },
  ],
  [
    'estimate of a on b',
    'estimate | `estimate` needs a method after it, as in `estimate regression`.',
    { kind: 'estimate', of: 'a', on: 'b', options: [] },
  ],
  [
    'estimate iv of',
    'of | `of` needs a variable after it, as in `estimate regression of dose on recovery`.',
    { kind: 'estimate', method: 'iv', options: [] },
  ],
  [
    'estimate iv of a',
    'of | `on` and the outcome are missing: write `estimate regression of dose on recovery`.',
    { kind: 'estimate', method: 'iv', of: 'a', options: [] },
  ],
  [
    'estimate iv on b',
    'on | `of` and the treatment are missing: write `estimate regression of dose on recovery`.',
    { kind: 'estimate', method: 'iv', on: 'b', options: [] },
  ],
  [
    'estimate iv of on b',
    'of | `of` needs a variable after it, as in `estimate regression of dose on recovery`.',
    { kind: 'estimate', method: 'iv', on: 'b', options: [] },
  ],
  [
    'estimate iv as',
    'as | `as` needs a title in quotes after it, as in `estimate regression as "Adjusted"`.',
    { kind: 'estimate', method: 'iv', options: [] },
  ],
  [
    'estimate iv "T"',
    '"T" | The title of an estimate follows `as`.',
    { kind: 'estimate', method: 'iv', options: [] },
  ],
  [
    'estimate iv as "T" as "U"',
    'as | `as` stands on this line twice: remove one of them.',
    { kind: 'estimate', method: 'iv', title: '"T"', options: [] },
  ],
  [
    'estimate iv foo of a on b',
    'foo | `foo` has no place here: remove it. A line like this reads `estimate regression`.',
    { kind: 'estimate', method: 'iv', of: 'a', on: 'b', options: [] },
  ],
  // Expectations
  [
    'expect',
    'expect | `expect` needs what must hold after it: write `expect identifiable`, `expect implications` or `expect a independent of b`.',
    { kind: 'expect' },
  ],
  [
    'expect a',
    'a | `a` alone expects nothing: write `expect identifiable`, `expect implications` or `expect a independent of b`.',
    { kind: 'expect', expectation: { kind: 'independent', left: 'a', given: [] } },
  ],
  [
    'expect a independent',
    'independent | `of` is missing: write `expect a independent of b`.',
    { kind: 'expect', expectation: { kind: 'independent', left: 'a', given: [] } },
  ],
  [
    'expect a independent of',
    'of | `of` needs the other variable after it, as in `expect a independent of b`.',
    { kind: 'expect', expectation: { kind: 'independent', left: 'a', given: [] } },
  ],
  [
    'expect a independent b',
    'independent | `of` is missing: write `expect a independent of b`.',
    { kind: 'expect', expectation: { kind: 'independent', left: 'a', right: 'b', given: [] } },
  ],
  [
    'expect a indep of b given c',
    'indep | Write `a independent of …`.',
    { kind: 'expect', expectation: { kind: 'independent', left: 'a', right: 'b', given: ['c'] } },
  ],
  [
    'expect a independent of b, c',
    ', | An independence has one variable on each side: write a line for each pair.',
    { kind: 'expect', expectation: { kind: 'independent', left: 'a', right: 'b', given: [] } },
  ],
  [
    'expect a independent of b given',
    'given | `given` needs a variable after it, as in `instrument rollout given age`.',
    { kind: 'expect', expectation: { kind: 'independent', left: 'a', right: 'b', given: [] } },
  ],
  [
    'expect implications at',
    'at | `at` needs a number after it, as in `expect implications at 0.05`.',
    { kind: 'expect', expectation: { kind: 'implications' } },
  ],
  [
    'expect estimate > 3',
    'estimate | What is expected of an estimate stands in its braces: `estimate regression { expect p < 0.05 }`.',
    { kind: 'expect', expectation: { kind: 'independent', left: 'estimate', given: [] } },
  ],
  // No statement
  [
    'treatmnt x',
    'treatmnt | `treatmnt` starts no statement: did you mean `treatment`?',
    { kind: 'role', role: 'treatment', names: ['x'] },
  ],
  [
    'Treatment x',
    'Treatment | `Treatment` starts no statement: did you mean `treatment`?',
    { kind: 'role', role: 'treatment', names: ['x'] },
  ],
  [
    'age',
    'age | `age` starts no statement: an edge is written `age -> …`, a declaration `variable age`.',
    { kind: 'broken' },
  ],
  [
    'x : binary',
    'x | A variable is declared with `variable`: write `variable x : …`.',
    { kind: 'variable', names: ['x'], type: { kind: 'type', name: 'binary', levels: [] } },
  ],
  [
    'x = y + 1',
    'x | A variable is declared with `variable`: write `variable x = …`.',
    { kind: 'variable', names: ['x'], definition: ['y', '+', 1] },
  ],
  ['x : y', 'x | A variable is declared with `variable`: write `variable x : …`.', { kind: 'broken' }],
  [
    'where age > 3',
    'where | `where` is an option: it stands in the braces of `data` or `estimate`.',
    { kind: 'broken' },
  ],
  ['folds 5', 'folds | `folds` is an option: it stands in the braces of `estimate`.', { kind: 'broken' }],
  [
    '"text"',
    '"text" | No statement starts with `"text"`: it starts with a keyword such as `variable`, or is an edge such as `a -> b`.',
    { kind: 'broken' },
  ],
  [
    'variable x {',
    '{ | Braces hold the options of `data` or `estimate` and nothing else: remove this one.',
    { kind: 'variable', names: ['x'] },
  ],
];
