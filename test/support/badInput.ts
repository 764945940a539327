/** Specs and data with one fault each, and what has to be said of it wherever it is met. */

const SPEC = (data: string, outcome = 'y'): string =>
  `data "${data}"\nvariable x, ${outcome}, a\na -> x, ${outcome}\nx -> ${outcome}\ntreatment x\noutcome ${outcome}\nestimate regression\nestimate ipw\n`;

const ROWS = Array.from({ length: 60 }, (_row, i) => `${i % 2},${(i * 7) % 5},${(i * 3) % 4}`);
const GOOD = `x,y,a\n${ROWS.join('\n')}\n`;

const LONG = Array.from({ length: 2500 }, (_line, i) => `variable v${i}\nv${i} -> y`).join('\n');

/** A folder of faulty files, by name. */
export const FAULTY_FILES: Readonly<Record<string, string>> = {
  'good.csv': GOOD,
  'empty.csv': '',
  'blank.csv': '\n\n',
  'header.csv': 'x,y,a\n',
  'short.csv': 'x,y,a\n1,2,3\n0,1\n',
  'long.csv': 'x,y,a\n1,2,3\n0,1,2,9\n',
  'quote.csv': 'x,y,a\n1,2,"3\n0,1,2\n',
  'latin1.csv': 'x,y,a\n1,2,3\n',
  'text.csv': `x,y,a\n${ROWS.map((row, i) => row.replace(/,\d,/, `,${['low', 'mid', 'high'][i % 3]},`)).join('\n')}\n`,
  'stray.csv': `x,y,a\n${ROWS.join('\n')}\n1,n.a.,2\n`,
  'constant.csv': `x,y,a\n${ROWS.map((row) => row.replace(/^\d/, '1')).join('\n')}\n`,
  'twice.csv': 'x,x,y,a\n1,2,3,4\n',
  'separated.csv': `x,y,a\n${ROWS.map((row, i) => `${i % 2},${row.split(',')[1]},${i % 2}`).join('\n')}\n`,
  'data.xlsx': 'not a table',
  'good.causal': SPEC('good.csv'),
  'missing.causal': SPEC('nope.csv'),
  'empty.causal': SPEC('empty.csv'),
  'blank.causal': SPEC('blank.csv'),
  'header.causal': SPEC('header.csv'),
  'short.causal': SPEC('short.csv'),
  'long.causal': SPEC('long.csv'),
  'quote.causal': SPEC('quote.csv'),
  'text.causal': SPEC('text.csv'),
  'stray.causal': SPEC('stray.csv'),
  'constant.causal': SPEC('constant.csv'),
  'twice.causal': SPEC('twice.csv'),
  'separated.causal': SPEC('separated.csv'),
  'excel.causal': SPEC('data.xlsx'),
  'column.causal': SPEC('good.csv', 'wage'),
  'nodata.causal': SPEC('good.csv').replace(/^data.*\n/, ''),
  'half.causal': SPEC('good.csv').replace('"good.csv"', '"good.csv" { where a > }'),
  'question.causal': 'variable x, y\nx -> y\n',
  'cycle.causal': `${SPEC('good.csv')}y -> a\n`,
  'broken.causal': Array.from({ length: 50 }, () => '-> ) { "').join('\n'),
  'long-spec.causal': `data "good.csv"\nvariable x, y, a\na -> x, y\nx -> y\ntreatment x\noutcome y\nestimate regression { adjust a }\n${LONG}\n`,
};

/** What is said of the data that `NAME.causal` asks for. */
export const DATA_FAULTS: readonly [name: string, message: RegExp][] = [
  ['missing', /There is no file .*nope\.csv\. Paths are relative to the spec's own folder\./],
  ['empty', /empty\.csv is empty\. Its first line has to name the columns\./],
  ['blank', /blank\.csv is empty/],
  ['header', /no rows/i],
  ['short', /short\.csv, line 3: 2 values where the header names 3 columns\. Mend that line/],
  ['long', /long\.csv, line 3: 4 values where the header names 3 columns\..*comma needs quotes/],
  ['quote', /quote\.csv, line 2: a quoted value has no closing quote/],
  ['text', /The outcome y holds text \(high, low, mid, …\)|The outcome y holds text/],
  ['stray', /y holds numbers, and text in 1 of 61 rows \("n\.a\."\)/],
  ['constant', /x has only one value|x is 1 in every row/],
  ['twice', /The header names x twice/],
  ['excel', /data\.xlsx is of a kind that is not read/],
  ['column', /The data have no column wage/],
];
