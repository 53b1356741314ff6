import { tokens as t } from './tokens.ts';

/** Style of the small shared parts. */
export const partsCss = `
.lh-dot{display:inline-block;width:8px;height:8px;border-radius:50%;flex:none;background:${t.judge}}
.lh-dot.lh-held{background:${t.ok}}.lh-dot.lh-act{background:${t.act}}.lh-dot.lh-broken{background:${t.broken}}
.lh-answer{list-style:none;margin:0;padding:0;display:grid;grid-template-columns:repeat(auto-fit,minmax(200px,1fr));background:${t.card};border:1px solid ${t.line};border-radius:${t.radius}px;overflow:hidden;font:${t.fontSize}px/1.55 ${t.fontFamily};color:${t.ink};font-variant-numeric:tabular-nums}
.lh-answer li{box-shadow:1px 0 0 ${t.line},0 1px 0 ${t.line};padding:12px 16px;align-content:start;display:grid;grid-template-columns:8px 1fr;column-gap:8px;align-items:baseline}
.lh-answer strong{font-size:15px;font-weight:600}
.lh-answer p{grid-column:2;margin:1px 0 0;color:${t.ink2};font-size:13px}
@media print{.lh-answer strong::after{content:" · " attr(data-status);font-weight:400}}
.lh-trace{background:${t.card};border:1px solid ${t.line};border-radius:${t.radius}px;font:${t.fontSize}px/1.55 ${t.fontFamily};color:${t.ink};font-variant-numeric:tabular-nums}
.lh-trace header{display:flex;flex-wrap:wrap;gap:4px 12px;align-items:baseline;padding:12px 16px;border-bottom:1px solid ${t.line}}
.lh-trace h2{font-size:15px;font-weight:600;margin:0}.lh-trace header p{margin:0;color:${t.ink3};font-size:13px}
.lh-trace ol{list-style:none;margin:0;padding:0}
.lh-trace li{display:grid;grid-template-columns:96px 1fr auto;gap:12px;padding:8px 16px;font-size:13.5px;border-top:1px solid ${t.line}}
.lh-trace li:first-child{border:0}
.lh-trace time,.lh-trace code{font-family:ui-monospace,"DejaVu Sans Mono",monospace;font-size:12.5px;color:${t.ink2}}
.lh-trace a{color:${t.brand};text-decoration:none}.lh-trace a:hover{text-decoration:underline}
.lh-trace .lh-none{padding:16px;color:${t.ink2}}
`;
