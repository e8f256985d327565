package reports

// pageTemplate is report.html: one file, no script, nothing loaded from anywhere. Everything in it is escaped by html/template.
const pageTemplate = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{{shown .Run}}</title>
<style>
:root { --ink: #1d2530; --soft: #586474; --page: #f6f7f9; --card: #fff; --rule: #dde2e8; --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
  --created: #1a7f4b; --exists: #2f6fc4; --rejected: #c9362c; --invalid: #d9731a; --duplicate: #8b5fbf; --skipped: #7b8794; --in_doubt: #b8177f; --unsent: #b3bcc7; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6eaf0; --soft: #9aa6b5; --page: #12161c; --card: #1b212a; --rule: #303945;
    --created: #3fb57a; --exists: #5c9ae6; --rejected: #ec6a5f; --invalid: #eb9a4d; --duplicate: #b08de0; --skipped: #8a97a6; --in_doubt: #ea5fb8; --unsent: #56616f; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
main { max-width: 68rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1 { font-size: 1.35rem; line-height: 1.3; margin: 0 0 .25rem; overflow-wrap: anywhere; }
h2 { font-size: 1.05rem; margin: 0 0 .75rem; }
p { margin: 0 0 .5rem; }
.soft { color: var(--soft); }
section { background: var(--card); border: 1px solid var(--rule); border-radius: .6rem; padding: 1rem 1.1rem; margin-top: 1rem; }
section.alarm { border-left: .35rem solid var(--in_doubt); }
section.fault { border-left: .35rem solid var(--rejected); }
.bar { display: flex; gap: 2px; height: 1.6rem; border-radius: .35rem; overflow: hidden; margin-bottom: .9rem; }
.bar span { min-width: 3px; }
.created { background: var(--created); } .exists { background: var(--exists); } .rejected { background: var(--rejected); } .invalid { background: var(--invalid); }
.duplicate { background: var(--duplicate); } .skipped { background: var(--skipped); } .in_doubt { background: var(--in_doubt); } .unsent { background: var(--unsent); }
.dot { display: inline-block; width: .7rem; height: .7rem; border-radius: 50%; margin-right: .45rem; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th { text-align: left; font-weight: 600; color: var(--soft); font-size: .85rem; }
th, td { padding: .4rem .8rem .4rem 0; border-bottom: 1px solid var(--rule); vertical-align: top; overflow-wrap: anywhere; }
tr:last-child td { border-bottom: 0; }
.counts { width: auto; }
.counts td { padding-right: 1.4rem; }
.stack { table-layout: fixed; }
col.few { width: 4.5rem; } col.some { width: 14rem; } col.code { width: 16rem; }
th.n, td.n { text-align: right; white-space: nowrap; overflow-wrap: normal; }
.tag { white-space: nowrap; overflow-wrap: normal; }
code, pre, .sum { font-family: var(--mono); font-size: .88em; }
code { overflow-wrap: anywhere; }
pre { background: var(--page); border: 1px solid var(--rule); border-radius: .4rem; padding: .6rem .75rem; margin: .2rem 0 .9rem; white-space: pre-wrap; overflow-wrap: anywhere; }
pre:last-child { margin-bottom: 0; }
.sum { margin: .9rem 0 0; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: 0; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
@media (max-width: 44rem) {
  .counts td { padding-right: .6rem; }
  table.stack, table.stack tbody { display: block; }
  table.stack thead, table.stack colgroup { display: none; }
  table.stack tr { display: block; padding: .5rem 0; border-bottom: 1px solid var(--rule); }
  table.stack tr:last-child { border-bottom: 0; }
  table.stack td, table.stack td.n { display: block; border: 0; padding: .1rem 0; text-align: left; }
  table.stack td:empty { display: none; }
  table.stack td[data-label]::before { content: attr(data-label) " "; color: var(--soft); font-size: .85rem; }
  dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .4rem; }
}
@media print { body { background: #fff; } section { break-inside: avoid; } section.rows { break-inside: auto; } }
</style>
</head>
<body>
<main>
<h1>{{shown .Run}}</h1>
<p>{{.State}} <strong>Exit {{printf "%d" .Exit}}</strong>: {{.Meaning}}</p>
{{with .Speed}}<p class="soft">{{.}}</p>{{end}}

{{with .Fault}}<section class="fault"><h2>The sum</h2><p>{{.}}</p></section>{{end}}

<section>
<h2>{{group .RowsRead}} rows read</h2>
<div class="bar" role="img" aria-label="{{.Sum}}">{{range .Counts}}<span class="{{.Status}}" style="flex: {{.Rows}} 0 0" title="{{.Status}}: {{group .Rows}}"></span>{{end}}</div>
<table class="counts">
{{range .Counts}}<tr><td class="tag"><span class="dot {{.Status}}"></span>{{.Status}}</td><td class="n">{{group .Rows}}</td><td class="n soft">{{.Percent}}</td><td class="soft">{{.Meaning}}</td></tr>
{{end}}</table>
<p class="sum">{{.Sum}}</p>
</section>

{{with .Doubt}}<section class="alarm"><h2>In doubt</h2><p>{{.}}</p></section>{{end}}

{{with .Why}}<section>
<h2>Why rows were not created</h2>
{{template "codes" .}}
</section>{{end}}

{{with .Know}}<section>
<h2>Good to know</h2>
{{template "codes" .}}
</section>{{end}}

{{with .Next}}<section>
<h2>How to go on</h2>
{{range .}}<p>{{shown .Why}}</p><pre>{{shown .Type}}</pre>
{{end}}</section>{{end}}

{{with .Rows}}<section class="rows">
<h2>Rows to mend</h2>
{{with $.More}}<p class="soft">{{.}}</p>{{end}}
<table class="stack">
<colgroup><col class="few"><col class="some"><col class="some"><col class="code"><col></colgroup>
<thead><tr><th class="n">Row</th><th>Where</th><th>Who</th><th>What</th><th>Why</th></tr></thead>
<tbody>
{{range .}}<tr><td class="n" data-label="row">{{.Row}}</td><td><code>{{.Place}}</code></td><td>{{.Key}}</td><td><span class="tag"><span class="dot {{.Status}}"></span>{{.Status}}</span><br><code>{{.Code}}</code></td><td>{{with .Field}}<code>{{.}}</code>: {{end}}{{.Message}}</td></tr>
{{end}}</tbody>
</table>
</section>{{end}}

<section>
<h2>The run</h2>
<dl>
<dt>Vendor</dt><dd>{{shown .Vendor}}</dd>
<dt>Account</dt><dd>{{shown .Account}}</dd>
<dt>Started</dt><dd>{{.Started}}</dd>
{{with .Ended}}<dt>Ended</dt><dd>{{.}}</dd>{{end}}
{{range .Inputs}}<dt>Input</dt><dd>{{shown .Path}}, {{group .Size}} bytes<br><code class="soft">sha256 {{.SHA256}}</code></dd>
{{end}}<dt>Files</dt><dd><code>{{shown .Files.Results}}</code><br><code>{{shown .Files.Failed}}</code><br><code>{{shown .Files.Summary}}</code></dd>
</dl>
</section>
</main>
</body>
</html>
{{define "codes"}}<table class="stack">
<colgroup><col class="few"><col class="code"><col><col class="some"></colgroup>
<thead><tr><th class="n">Rows</th><th>Code</th><th>What to do</th><th>For example</th></tr></thead>
<tbody>
{{range .}}<tr><td class="n" data-label="rows">{{group .Count}}</td><td><code>{{shown .Code}}</code><br><span class="tag soft"><span class="dot {{.Status}}"></span>{{.Status}}</span></td><td>{{shown .Hint}}</td><td><code>{{places .}}</code></td></tr>
{{end}}</tbody>
</table>{{end}}
`
