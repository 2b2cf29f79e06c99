// SPDX-License-Identifier: Apache-2.0
#pragma once
// The style sheet of our pages, and its hash as the security policy names it. The test computes the hash anew
// and prints the right one when the two differ.

#include <string_view>

namespace sekisho::pages
{

inline constexpr std::string_view style = R"(
:root{color-scheme:light dark;--paper:#f7f5f0;--card:#fffefb;--ink:#23262b;--soft:#5a5f66;--line:#e2ddd2;--accent:#a8391f;--on-accent:#fff;--way:#8d8677}
@media (prefers-color-scheme:dark){:root{--paper:#15171a;--card:#1d2024;--ink:#ecebe6;--soft:#a9adb3;--line:#33373d;--accent:#f0876b;--on-accent:#1d1410;--way:#8b9099}}
*{box-sizing:border-box}
[hidden]{display:none!important}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;min-height:100vh;min-height:100dvh;display:flex;flex-direction:column;align-items:center;justify-content:center;gap:1.5rem;padding:2rem 1.25rem;background:var(--paper);color:var(--ink);font:1rem/1.65 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Hiragino Sans","Hiragino Kaku Gothic ProN","Noto Sans CJK JP","Noto Sans JP","Yu Gothic UI",Meiryo,sans-serif}
:lang(ja) body{line-break:strict;overflow-wrap:anywhere}
:lang(ja) :is(p,label,.quiet){word-break:auto-phrase}
header,main,footer{width:100%;max-width:34rem}
header{display:flex;align-items:center;gap:.85rem}
.mark{flex:none;fill:currentColor}
.mark .beam{fill:var(--accent)}
.mark .way{fill:var(--way)}
.site{margin:0;color:var(--soft);font-size:.95rem;overflow-wrap:anywhere}
.alarm{width:100%;max-width:34rem;margin:0;border:2px solid var(--accent);border-radius:.55rem;padding:.6rem 1rem;font-weight:600;font-size:.95rem}
main{background:var(--card);border:1px solid var(--line);border-radius:.9rem;padding:2.25rem 2.25rem 2.4rem;box-shadow:0 1px 2px #0000000a,0 12px 32px -12px #0000001f}
h1{margin:0 0 .9rem;font-size:1.6rem;line-height:1.3;font-weight:650;letter-spacing:-.01em;text-wrap:balance}
:lang(ja) h1{word-break:auto-phrase;letter-spacing:0;font-size:1.45rem;line-height:1.45}
p{margin:0 0 .8rem;text-wrap:pretty}
.advice,.note{color:var(--soft)}
.note{border-left:3px solid var(--line);padding-left:.9rem;font-size:.95rem}
.ways{display:flex;flex-wrap:wrap;align-items:center;gap:.75rem 1.5rem}
.ways:not(:empty){margin-top:1.6rem}
form{margin:0}
.button,button{display:inline-block;min-height:2.9rem;border:0;border-radius:.55rem;padding:.6rem 1.4rem;background:var(--accent);color:var(--on-accent);font:inherit;font-weight:600;text-decoration:none;cursor:pointer}
.button:hover,button:hover{filter:brightness(1.1)}
.doors{list-style:none;margin:0 0 1.4rem;padding:0;display:grid;gap:.6rem}
.doors:last-of-type{margin-bottom:0}
.door{display:flex;align-items:center;gap:.9rem;min-height:3.25rem;padding:.6rem 1rem;border:1px solid var(--way);border-radius:.55rem;color:var(--ink);font-weight:600;text-decoration:none;overflow-wrap:anywhere}
.door:hover{border-color:var(--accent);box-shadow:inset 0 0 0 1px var(--accent)}
.door img,.door i{flex:none;width:1.75rem;height:1.75rem;object-fit:contain}
.door span{min-width:0}
button.door{width:100%;background:none;text-align:start}
button.door:hover{filter:none}
.tick{display:flex;align-items:center;gap:.7rem;margin:1.3rem 0 0}
.tick label{text-align:start}
.kept{margin-top:1.6rem}
.tick input{flex:none;width:1.25rem;height:1.25rem;min-height:0;margin:0;accent-color:var(--accent)}
.ask{margin:0 0 1.6rem;text-align:start}
.ask label{font-weight:600}
.hint{margin:0 0 .5rem;color:var(--soft);font-size:.9rem}
.fault{margin:0 0 .6rem;border-left:3px solid var(--accent);padding-left:.9rem}
.line{display:flex;flex-wrap:wrap;gap:.6rem}
input{flex:1 1 14rem;min-width:0;min-height:2.9rem;border:1px solid var(--way);border-radius:.55rem;padding:.55rem .9rem;background:var(--paper);color:var(--ink);font:inherit}
.stack{display:grid;gap:.35rem;padding-top:.4rem;text-align:start}
.stack label{font-weight:600;margin-top:.4rem}
.ask:last-child{margin-bottom:0}
#passkey{margin-top:1.4rem}
.stack button{justify-self:start;margin-top:.7rem}
details{margin-top:1.6rem;border-top:1px solid var(--line);padding-top:1.1rem}
summary{cursor:pointer;font-weight:600;padding:.3rem 0}
button:disabled{opacity:.55;cursor:not-allowed;filter:none}
.quiet{color:var(--ink);text-underline-offset:.25em;padding:.6rem 0}
a:focus-visible,button:focus-visible,summary:focus-visible,input:focus-visible{outline:3px solid var(--ink);outline-offset:3px}
footer{color:var(--soft);font-size:.85rem;padding:0 .25rem}
h2{margin:0 0 .35rem;font-size:.85rem;font-weight:600}
main h2{margin:0 0 .5rem;font-size:.95rem}
dl{margin:0;display:grid;gap:.15rem}
dl div{display:flex;flex-wrap:wrap;gap:0 .75rem}
dt{min-width:6em}
dd{margin:0;font-size:.95em;font-family:ui-monospace,"SF Mono",Menlo,Consolas,"Noto Sans Mono",monospace;overflow-wrap:anywhere;color:var(--ink);user-select:all}
body:has(.leaf) :is(header,main,footer){max-width:62rem}
.leaf{margin:1.6rem 0 2rem}
.leaf h2{font-size:1.1rem}
.leaf h3{margin:.9rem 0 .3rem;font-size:.9rem;font-weight:600}
table{width:100%;border-collapse:collapse;font-size:.92rem}
th,td{padding:.4rem .6rem .4rem 0;border-top:1px solid var(--line);text-align:start;vertical-align:top;overflow-wrap:anywhere}
th{width:15rem;font-weight:400;color:var(--soft)}
.bad>td{color:var(--accent)}
.bad>th{color:var(--accent);font-weight:600}
pre{margin:0;padding:.8rem 1rem;overflow:auto;max-height:40rem;border:1px solid var(--line);border-radius:.55rem;background:var(--paper);font:.82rem/1.55 ui-monospace,"SF Mono",Menlo,Consolas,"Noto Sans Mono",monospace;white-space:pre-wrap;overflow-wrap:anywhere}
@media (max-width:44rem){table,tbody,tr,th,td{display:block;width:auto}td{border-top:0;padding-top:0}th{padding-bottom:0}}
@media (max-width:30rem){body{justify-content:flex-start;padding:1.5rem 1rem}main{padding:1.6rem 1.35rem 1.75rem}h1{font-size:1.4rem}.button,button:not(.door),form,.quiet{width:100%;text-align:center}.ask,.stack,form:has(.door){text-align:start}}
@media (forced-colors:active){.button,button{border:2px solid ButtonText}.door{border-color:LinkText}}
)";

inline constexpr std::string_view style_hash = "sha256-Re2vZOnmHbnT8xCyqdhAcwTzfesQYw2rBmiY0MxN3iw=";

} // namespace sekisho::pages
