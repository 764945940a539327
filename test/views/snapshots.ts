/** Snapshots of graphs to draw, as the analysis would hand them over. */

import type {
  DrawnRole,
  GraphSnapshot,
  SnapshotEdge,
  SnapshotNode,
  SnapshotVerdict,
} from '../../engine/report/snapshot.ts';

interface NodeOptions {
  readonly roles?: readonly string[];
  readonly latent?: boolean;
  readonly adjusted?: boolean;
  readonly note?: string;
  readonly description?: string;
}

function node(name: string, role: DrawnRole, options: NodeOptions = {}): SnapshotNode {
  return {
    name,
    role,
    roles: options.roles ?? (role === 'other' ? [] : [role]),
    latent: options.latent ?? role === 'latent',
    adjusted: options.adjusted ?? false,
    note: options.note,
    description: options.description ?? `${name} is drawn as ${role}.`,
  };
}

const NO_QUESTION: SnapshotVerdict = {
  status: 'no-question',
  headline: 'No effect has been asked for yet.',
  details: ['Add a treatment and an outcome.'],
};

/** `a -> b`, `a <-> b`, with `!` (biasing), `+` (causal), `o` (on a cycle) after it and a note after `#`. */
function edge(text: string): SnapshotEdge {
  const [arrow = '', note] = text.split('#').map((part) => part.trim());
  const match = /^(.*?)\s*(<->|->)\s*(.*?)(?:\s+([!+o]+))?$/su.exec(arrow);
  if (match === null) throw new TypeError(`not an edge: ${text}`);
  const [, from = '', operator, to = '', marks = ''] = match;
  return {
    from,
    to,
    kind: operator === '->' ? 'directed' : 'bidirected',
    note,
    causal: marks.includes('+'),
    biasing: marks.includes('!'),
    onCycle: marks.includes('o'),
  };
}

function snapshot(
  title: string | undefined,
  nodes: readonly SnapshotNode[],
  edges: readonly string[],
  verdict: SnapshotVerdict = NO_QUESTION,
  openPaths: readonly string[] = [],
): GraphSnapshot {
  return { title, nodes, edges: edges.map(edge), verdict, openPaths, question: null };
}

const MUSIC_NODES: readonly SnapshotNode[] = [
  node('personalized', 'treatment', {
    note: 'Shown the personalised feed',
    description: 'The treatment: what is changed to see what follows.',
  }),
  node('engagement', 'outcome', {
    note: 'Interactions with recommendations',
    description: 'The outcome: what the effect is measured on.',
  }),
  node('age', 'confounder', {
    adjusted: true,
    description:
      'Causes both personalized and engagement. Adjusting for it closes personalized ← age → engagement.',
  }),
  node('premium', 'confounder', {
    adjusted: true,
    description:
      'Causes both personalized and engagement. Adjusting for it closes personalized ← premium → engagement.',
  }),
  node('activity', 'confounder', {
    adjusted: true,
    note: 'Prior listening',
    description:
      'Causes both personalized and engagement. Adjusting for it closes personalized ← activity → engagement.',
  }),
  node('rollout', 'instrument', {
    note: 'Randomised rollout wave',
    description:
      'Moves personalized and reaches engagement only through it, so it can serve as an instrument.',
  }),
  node('taste', 'latent', {
    roles: ['ancestor of a confounder', 'latent'],
    note: 'Appetite for new music',
    description: 'Not measured. It causes activity, a confounder, so adjusting for activity is enough.',
  }),
];

const MUSIC_EDGES: readonly string[] = [
  'taste -> activity',
  'age -> personalized',
  'age -> engagement',
  'activity -> personalized',
  'activity -> engagement',
  'premium -> personalized',
  'premium -> engagement',
  'rollout -> personalized # Rollout reaches engagement only through the feed',
  'personalized -> engagement + # Rollout reaches engagement only through the feed',
];

/** The music app: identified by adjustment, and an instrument besides. */
export const MUSIC = snapshot('Music app personalisation', MUSIC_NODES, MUSIC_EDGES, {
  status: 'identified',
  headline: 'The effect of personalized on engagement is identified: adjust for activity, age and premium.',
  details: ['rollout is a valid instrument, without conditioning on anything.'],
});

/** The same with a hidden common cause: no adjustment set, the instrument still serves. */
export const HIDDEN_TASTE = snapshot(
  'Music app, hidden taste',
  MUSIC_NODES.map((one) =>
    one.name === 'taste'
      ? {
          ...one,
          roles: ['confounder', 'latent'],
          description:
            'Not measured, and it causes both personalized and engagement. No adjustment can close that path.',
        }
      : one,
  ),
  [...MUSIC_EDGES, 'taste -> personalized !', 'taste -> engagement !'],
  {
    status: 'instrument-only',
    headline:
      'No adjustment set identifies the effect of personalized on engagement: personalized ← taste → engagement stays open.',
    details: ['Under linearity the instrument rollout identifies it, without conditioning on anything.'],
  },
  ['personalized ← taste → engagement'],
);

/** Every role and every kind of arrow at once. */
export const ALL_ROLES = snapshot(
  'Every role',
  [
    node('feed', 'treatment'),
    node('sales', 'outcome'),
    node('lottery', 'instrument'),
    node('responded', 'selection'),
    node('mood', 'latent', { roles: ['latent'] }),
    node('income', 'confounder', { adjusted: true }),
    node('clicks', 'mediator'),
    node('rating', 'collider'),
    node('season', 'precision'),
    node('postcode', 'other', { roles: ['ancestor of a confounder'] }),
    node('unrelated', 'other'),
  ],
  [
    'lottery -> feed',
    'postcode -> income',
    'income -> feed',
    'income -> sales',
    'feed -> clicks +',
    'clicks -> sales +',
    'feed -> rating',
    'mood -> rating',
    'mood -> sales',
    'season -> sales',
    'sales -> responded',
    'feed <-> sales !',
    'lottery <-> postcode',
  ],
  {
    status: 'not-identified',
    headline: 'The effect of feed on sales is not identified: feed ↔ sales stays open.',
    details: ['Measure the common cause of feed and sales, or draw what it is.'],
  },
  ['feed ↔ sales'],
);

const NSW_COVARIATES = ['age', 'education', 'black', 'hispanic', 'married', 'nodegree', 're74', 're75'];

/** A job-training trial with eight covariates of both treatment and outcome. */
export const NSW = snapshot(
  'National Supported Work',
  [
    node('treat', 'treatment'),
    node('re78', 'outcome'),
    ...NSW_COVARIATES.map((name) => node(name, 'confounder', { adjusted: true })),
  ],
  [...NSW_COVARIATES.flatMap((name) => [`${name} -> treat`, `${name} -> re78`]), 'treat -> re78 +'],
  {
    status: 'identified',
    headline: 'The effect of treat on re78 is identified: adjust for all eight covariates.',
    details: [],
  },
);

/** A cycle of three beside a sound part, and a variable that causes itself. */
export const CYCLIC = snapshot(
  'A cycle',
  [
    node('price', 'treatment'),
    node('demand', 'outcome'),
    node('supply', 'other'),
    node('weather', 'other'),
    node('trend', 'other'),
  ],
  [
    'weather -> supply',
    'price -> demand o',
    'demand -> supply o',
    'supply -> price o',
    'trend -> trend o',
    'trend -> demand',
  ],
  {
    status: 'invalid',
    headline: 'The arrows run in a circle: price → demand → supply → price.',
    details: [],
  },
);

/** Names that try to break the picture. */
export const HOSTILE_NAMES: readonly string[] = [
  '<script>alert("x")</script>',
  '__proto__',
  'constructor',
  'a & b < c > d "e" \'f\'',
  'السن عند الدخول',
  'עברית',
  '年齢・性別グループ',
  '👩‍👩‍👧‍👦 family 🏳️‍🌈',
  'line\nbreak\ttab\u0000nul\ud800',
  'a_very_long_variable_name_that_goes_on.and_on.and_on.without_any_end_in_sight_at_all_really',
  'Pneumonoultramicroscopicsilicovolcanoconiosispneumonoultramicroscopicsilicovolcanoconiosis',
  ' ',
];

const HOSTILE_NODES = snapshot(
  '</title><script>alert(1)</script> & "more"',
  HOSTILE_NAMES.map((name, i) =>
    node(name, (['treatment', 'outcome', 'confounder', 'latent', 'collider'] as const)[i % 5] ?? 'other', {
      note: ']]> --> </desc>',
      description: '<b>bold</b> & \u0001',
    }),
  ),
  [],
  { status: 'invalid', headline: '<b>&"\' \u2028 ]]></b>', details: ['<i>'] },
);

/** All of them cause the first. */
export const HOSTILE: GraphSnapshot = {
  ...HOSTILE_NODES,
  edges: HOSTILE_NAMES.slice(1).map(
    (from): SnapshotEdge => ({ ...edge('a -> b'), from, to: HOSTILE_NAMES[0] }),
  ),
};

export const EMPTY = snapshot(undefined, [], []);
export const SINGLE = snapshot(undefined, [node('alone', 'other')], []);
export const ISOLATED = snapshot(
  'Strangers',
  ['one', 'two', 'three', 'four', 'five', 'six'].map((name) => node(name, 'other')),
  [],
);

/** A graph of `count` variables in which each has up to three causes among the dozen before it; the same for the same count. */
export function large(count: number): GraphSnapshot {
  let state = 12345;
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const roles: readonly DrawnRole[] = ['confounder', 'other', 'mediator', 'precision', 'collider', 'latent'];
  const nodes = Array.from({ length: count }, (_, i) =>
    i === 0
      ? node('treatment', 'treatment')
      : i === count - 1
        ? node('outcome', 'outcome')
        : node(`variable_${i}`, roles[Math.floor(random() * roles.length)] ?? 'other'),
  );
  const edges = new Set<string>();
  for (let to = 1; to < count; to++) {
    for (let k = 0; k < 1 + Math.floor(random() * 2.2); k++) {
      const from = Math.max(0, to - 1 - Math.floor(random() * 12));
      edges.add(`${nodes[from]?.name} -> ${nodes[to]?.name}`);
    }
  }
  return snapshot(`${count} variables`, nodes, [...edges]);
}

/** An arrow from each variable to all after it. */
export function complete(count: number): GraphSnapshot {
  const nodes = Array.from({ length: count }, (_node, i) => node(`v${i}`, 'other'));
  const edges = nodes.flatMap((to, i) => nodes.slice(0, i).map((from) => `${from.name} -> ${to.name}`));
  return snapshot(`complete graph of ${count}`, nodes, edges);
}

/** The same graph with one variable and its arrows added at the end, as somebody would type it. */
export function withVariable(
  base: GraphSnapshot,
  name: string,
  causes: readonly string[],
  effects: readonly string[],
): GraphSnapshot {
  return {
    ...base,
    nodes: [...base.nodes, node(name, 'other')],
    edges: [
      ...base.edges,
      ...causes.map((cause) => edge(`${cause} -> ${name}`)),
      ...effects.map((effect) => edge(`${name} -> ${effect}`)),
    ],
  };
}
