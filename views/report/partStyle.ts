/** How the parts of a report look that the model view shows as well: forest plots, cards of estimates, the data. */

export const FOREST_STYLE = `
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
.mark.hollow{fill:var(--paper)}`;

export const CARD_STYLE = `
.card{margin:18px 0;padding:14px 18px;border:1px solid var(--hairline);border-radius:8px}
.card h4{display:flex;flex-wrap:wrap;gap:2px 12px;align-items:baseline}
.card-number{font-weight:400;font-variant-numeric:tabular-nums;margin-inline-start:auto}
.card .reading{padding-inline-start:12px;border-inline-start:3px solid var(--mark)}
.tag-identified{color:var(--causal-path)}
.tag-not-identified,.tag-unreliable,.tag-failed{color:var(--biasing-path)}
.terms{grid-template-columns:minmax(90px,max-content) 1fr}
.names{display:flex;flex-wrap:wrap;gap:0 16px;margin:0;padding:0;list-style:none}
.names li{margin:0}
.figures figure{margin:18px 0 0}
summary{color:var(--quiet);margin-top:14px}`;

export const DATA_STYLE = `
.data{--arm:var(--quiet)}
.variables{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(270px,100%),1fr));gap:14px 22px;padding:0;list-style:none}
.variables li{margin:0;min-width:0;overflow-x:auto;break-inside:avoid}
.variables p{margin:1px 0;font-size:14px}
.histogram{display:block;margin:4px 0}
.data .quiet{fill:var(--quiet)}
.data .rule{stroke:var(--grid);fill:none}
.data .frame{stroke:var(--quiet);fill:none}
.arm-0{--arm:var(--quiet)}
.arm-1{--arm:var(--treatment)}
.arm-2{--arm:var(--outcome)}
.arm-3{--arm:var(--instrument)}
.arm-4{--arm:var(--confounder)}
.bars.solid{fill:var(--arm);stroke:var(--arm)}
.bars.hollow{fill:none;stroke:var(--arm)}
.rows-complete rect{fill:var(--treatment);stroke:var(--treatment)}
.rows-gaps rect,.rows-filtered rect,.rows-undecided rect{fill:var(--paper);stroke:var(--quiet)}
.rows-gaps path{fill:none;stroke:var(--treatment)}
.rows-undecided rect{stroke-dasharray:3 2}
.level-shares,.correlations{width:auto;font-size:13px}
.level-shares th,.level-shares td{padding:1px 10px 1px 0;white-space:nowrap}
.level-shares .share{vertical-align:-1px;margin-inline-end:4px}
.correlations th{padding:2px 8px 2px 0}
.correlations td{padding:2px 7px;text-align:end;white-space:nowrap;border:1px solid var(--hairline)}
.correlations .direction{font-size:.75em}
.r-up-2,.r-up-3,.r-up-4{--sign:var(--causal-path)}
.r-down-2,.r-down-3,.r-down-4{--sign:var(--biasing-path)}
.r-up-2,.r-down-2{background:color-mix(in srgb,var(--sign) 10%,var(--paper))}
.r-up-3,.r-down-3{background:color-mix(in srgb,var(--sign) 18%,var(--paper));font-weight:600}
.r-up-4,.r-down-4{background:color-mix(in srgb,var(--sign) 26%,var(--paper));font-weight:700}`;
