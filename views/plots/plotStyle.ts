/** The style of plots where the page's style sheet is not: the report and single pictures. It needs the properties that both define. */

/** One rule a line; `media/style/plots.css` holds the same ones. */
const RULES: readonly string[] = [
  '.plot{display:block;max-width:100%}',
  '.plot path,.plot rect,.plot circle{fill:none;stroke:none;stroke-width:1.5}',
  '.plot .name{fill:var(--ink)}',
  '.plot .strong{font-weight:600}',
  '.plot .quiet{fill:var(--quiet)}',
  '.plot .number{font-variant-numeric:tabular-nums}',
  '.plot .halo{stroke:var(--paper);stroke-width:4;paint-order:stroke;stroke-linejoin:round}',
  '.plot .rule{stroke:var(--grid);stroke-width:1}',
  '.plot .frame{stroke:var(--quiet);stroke-width:1}',
  '.plot .threshold{stroke:var(--ink);stroke-dasharray:5 4}',
  '.plot .change{stroke:var(--quiet);stroke-width:1;stroke-dasharray:1 3}',
  '.plot .before{fill:var(--paper);stroke:var(--biasing-path);stroke-width:2}',
  '.plot .after,.plot .point{fill:var(--causal-path);stroke:var(--paper);stroke-width:1}',
  '.plot .treated{fill:var(--causal-path);fill-opacity:.45;stroke:var(--causal-path);stroke-width:1}',
  '.plot .control{fill:var(--confounder);fill-opacity:.25;stroke:var(--confounder);stroke-width:1}',
  '.plot .whole{fill:var(--quiet);fill-opacity:.3;stroke:var(--quiet);stroke-width:1}',
  '.plot .weighted{stroke:var(--ink);stroke-dasharray:3 2}',
  '.plot .hatch{stroke:var(--biasing-path);stroke-width:1}',
  '.plot .interval{stroke:var(--causal-path);stroke-width:2}',
  '.plot .arrow{fill:var(--causal-path)}',
  '.plot .curve{stroke:var(--causal-path);stroke-width:2}',
  '.plot .band{fill:var(--causal-path);fill-opacity:.14}',
  '.plot .set{stroke:var(--causal-path);stroke-width:4}',
  '.plot .estimate{stroke:var(--ink);stroke-width:2;stroke-dasharray:1 3}',
  '.plot .level{stroke:var(--quiet);stroke-width:1}',
  '.plot .zero-line{stroke:var(--biasing-path);stroke-width:2.5}',
  '.plot .region{fill:var(--biasing-path);fill-opacity:.09}',
  '.plot .hover{fill:transparent}',
];

/** The rules as a style sheet. */
export function plotStyle(): string {
  return RULES.join('\n');
}
