/** The style of data where the page's style sheet is not: the report. It needs the properties that both define, and the style of plots. */

/** One rule a line; `media/style/data.css` holds the same ones, and more for what is worked with. */
const RULES: readonly string[] = [
  '.histogram{display:block;margin:4px 0}',
  '.histogram .quiet{fill:var(--quiet)}',
  '.histogram .frame,.share .frame{stroke:var(--quiet);fill:none}',
  '.arm-none,.arm-0{--arm:var(--quiet)}',
  '.arm-1{--arm:var(--causal-path)}',
  '.arm-2{--arm:var(--confounder)}',
  '.arm-3{--arm:var(--instrument)}',
  '.arm-4{--arm:var(--ink)}',
  '.bars.solid{fill:var(--arm);stroke:var(--arm)}',
  '.bars.hollow{fill:none;stroke:var(--arm)}',
  '.plot .mark.solid{fill:var(--arm);stroke:var(--arm);stroke-width:1}',
  '.plot .mark.hollow{fill:none;stroke:var(--arm);stroke-width:1}',
  '.plot .rows-complete rect{fill:var(--causal-path);stroke:var(--causal-path);stroke-width:1}',
  '.plot .rows-gaps rect,.plot .rows-filtered rect,.plot .rows-undecided rect{fill:var(--paper);stroke:var(--quiet);stroke-width:1}',
  '.plot .rows-gaps path{stroke:var(--causal-path);stroke-width:1}',
  '.plot .rows-undecided rect{stroke-dasharray:3 2}',
  '.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(280px,100%),1fr));gap:10px;list-style:none;padding:0}',
  '.card{min-width:0;margin:0;padding:8px 12px;border:1px solid var(--hairline);border-radius:6px;break-inside:avoid}',
  '.facts{font-size:.92em;color:var(--quiet)}',
  '.level-shares,.correlations{width:auto;font-size:.92em}',
  '.level-shares th,.level-shares td{padding:1px 10px 1px 0;white-space:nowrap}',
  '.correlations th,.correlations td{padding:2px 7px;white-space:nowrap}',
  '.correlations td{text-align:end;border:1px solid var(--hairline)}',
  '.correlations .direction{font-size:.75em}',
  '.r-up-3,.r-up-4,.r-down-3,.r-down-4{font-weight:600}',
];

/** The rules as a style sheet. */
export function dataStyle(): string {
  return RULES.join('\n');
}
