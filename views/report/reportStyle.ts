/** The style sheet of the report: it stands alone, follows the light or dark preference of the reader, and prints in black on white. */

import { graphStyle } from '../graphStyle.ts';
import { type ColorToken, colorsOf, mix, SURFACES } from '../palette.ts';
import { plotStyle } from '../plots/plotStyle.ts';

function variables(kind: 'light' | 'dark'): string {
  const { background, text, quiet } = SURFACES[kind];
  const colors = colorsOf(kind);
  const color = (token: ColorToken): string => colors.get(token) ?? text;
  return [
    `--paper:${background}`,
    `--ink:${text}`,
    `--quiet:${quiet}`,
    `--hairline:${mix(text, background, 0.16)}`,
    `--raised:${mix(text, background, 0.05)}`,
    `--grid:${mix(text, background, 0.14)}`,
    `--causal-path:${color('causalPath')}`,
    `--biasing-path:${color('biasingPath')}`,
    `--confounder:${color('confounder')}`,
    `--instrument:${color('instrument')}`,
    `--bar:${mix(color('causalPath'), background, 0.55)}`,
  ].join(';');
}

const FONTS = "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";
const MONO = "ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace";

const PAGE = `
*{box-sizing:border-box}
html{color-scheme:light dark}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 ${FONTS}}
main{max-width:920px;margin:0 auto;padding:48px 28px 72px}
h1{font-size:30px;line-height:1.2;margin:0 0 6px;font-weight:650;letter-spacing:-.01em}
h2{font-size:20px;margin:44px 0 10px;padding-top:18px;border-top:1px solid var(--hairline);font-weight:650}
h3{font-size:16px;margin:22px 0 8px;font-weight:600}
p{margin:6px 0;max-width:78ch;overflow-wrap:anywhere}
ul{margin:6px 0;padding-left:20px}
li{margin:3px 0;max-width:78ch;overflow-wrap:anywhere}
code,pre{font-family:${MONO};font-size:.88em}
code{background:var(--raised);border-radius:4px;padding:1px 4px}
pre{background:var(--raised);border-radius:8px;padding:14px 16px;overflow-x:auto;line-height:1.45;white-space:pre-wrap;overflow-wrap:anywhere}
.quiet{color:var(--quiet)}
.lead{font-size:18px;max-width:70ch}
.headline{font-size:18px;font-weight:600;border-left:4px solid var(--causal-path);padding:2px 0 2px 14px;margin:10px 0}
.headline.doubt{border-color:var(--biasing-path)}
.scroll{overflow-x:auto}
.picture{margin:14px 0}
.picture svg{max-width:100%;height:auto}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums;font-size:14.5px}
th,td{text-align:start;vertical-align:baseline;padding:6px 14px 6px 0;font-weight:400}
thead th{color:var(--quiet);font-size:13px;white-space:nowrap}
tbody{border-top:1px solid var(--hairline)}
table.plain tbody tr+tr{border-top:1px solid var(--hairline)}
th[scope=row]{font-weight:600}
.number{text-align:end;white-space:nowrap}
th:last-child,td:last-child{padding-inline-end:0}
caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.estimates .value{font-weight:600}
.estimates .more td{padding:0 0 10px}
.estimates .more p{margin:1px 0;max-width:88ch}
.estimates .more .quiet{font-size:.94em}
.estimates th[scope=row]{min-width:150px}
.tag{font-size:12px;font-weight:400;color:var(--mark,var(--quiet));white-space:nowrap}
.remark strong{margin-inline-end:4px;font-weight:600}
.remark-caution strong{color:var(--confounder)}
.remark-error strong,.remark-bad strong{color:var(--biasing-path)}
.remark-good strong{color:var(--instrument)}
.passed{color:var(--instrument)}
.failed{color:var(--biasing-path)}
.forest{display:block;margin:10px 0 16px}
.forest .name{fill:var(--ink);font-weight:500}
.forest .quiet{fill:var(--quiet)}
.forest .doubt{fill:var(--biasing-path)}
.forest .rule{stroke:var(--grid)}
.forest .zero{stroke:var(--quiet)}
.standing-naive{--mark:var(--quiet)}
.standing-identified{--mark:var(--causal-path)}
.standing-not-identified,.standing-unreliable,.standing-failed{--mark:var(--biasing-path)}
.interval,.mark.hollow,.mark.cross{stroke:var(--mark)}
.interval-arrow,.mark.solid{fill:var(--mark)}
.mark.hollow{fill:var(--paper)}
.bars rect{fill:var(--bar)}
dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 18px;margin:8px 0}
dt{color:var(--quiet)}
dd{margin:0;overflow-wrap:anywhere}
@media (max-width:640px){main{padding:28px 16px 48px}dl{grid-template-columns:1fr}dd{margin-bottom:6px}}
@media print{
body{font-size:10.5pt}
main{max-width:none;padding:0}
h2{break-after:avoid}
tbody.estimate,.picture,.forest,.plot{break-inside:avoid}
pre,code{background:none;border:1px solid var(--hairline)}
}`;

/** The whole style sheet; paper is light whatever the screen is. */
export function reportStyle(): string {
  return [
    `:root{${variables('light')}}`,
    `@media screen and (prefers-color-scheme:dark){:root{${variables('dark')}}}`,
    graphStyle(),
    plotStyle(),
    PAGE,
  ].join('\n');
}
