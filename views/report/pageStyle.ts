/** How a report's page looks, but for its pictures. */

const FONTS = "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";
const MONO = "ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace";

/** Text, tables and print. */
export const PAGE_STYLE = `
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
th[scope=row] .quiet{font-weight:400}
.number{text-align:end;white-space:nowrap}
th:last-child,td:last-child{padding-inline-end:0}
caption,.visually-hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
a{color:var(--causal-path)}
a:focus-visible{outline:2px solid var(--causal-path);outline-offset:2px}
nav{margin:18px 0 0;padding:12px 18px;border:1px solid var(--hairline);border-radius:8px}
nav ul{margin:0;padding:0;list-style:none}
nav ul ul{padding-left:18px}
nav li{margin:2px 0}
blockquote{margin:8px 0;padding:2px 0 2px 14px;border-left:4px solid var(--hairline);max-width:78ch;overflow-wrap:anywhere}
figure{margin:14px 0}
h4{font-size:15px;margin:0 0 6px;font-weight:600}
h5{font-size:14px;margin:14px 0 4px;font-weight:600}
.verdict-word{white-space:nowrap}
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
dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 18px;margin:8px 0}
dt{color:var(--quiet)}
dd{margin:0;overflow-wrap:anywhere}
dd p{margin:0}
@media (max-width:640px){main{padding:28px 16px 48px}dl{grid-template-columns:1fr}dd{margin-bottom:6px}}
@page{margin:16mm 14mm}
@media print{
:root{--ink:#000;--quiet:#3d3d3d;--hairline:#b5b5b5;--grid:#c8c8c8;--raised:#fff}
body{font-size:10pt;line-height:1.4}
main{max-width:none;padding:0}
h1{font-size:20pt}
h2{font-size:14pt;margin-top:22pt}
h1,h2,h3,h4,h5,figcaption,thead{break-after:avoid}
section,figure,.card{margin-inline:0}
tr,li,dd,figure,blockquote,.picture,.forest,.plot,.histogram,.remark{break-inside:avoid}
thead{display:table-header-group}
.scroll{overflow:visible}
svg{max-width:100%;height:auto}
table{font-size:9pt}
th,td,.number,thead th,.correlations th,.correlations td{white-space:normal;overflow-wrap:break-word}
th[scope=row],td p{overflow-wrap:anywhere}
pre,code{background:none;border:1px solid var(--hairline)}
pre{white-space:pre-wrap;overflow:visible}
#estimates{break-before:page}
nav a{color:inherit;text-decoration:none}
}`;
