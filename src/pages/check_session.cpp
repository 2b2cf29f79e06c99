// SPDX-License-Identifier: Apache-2.0
#include "pages/check_session.hpp"

#include "pages/template.hpp"

#include <string>

namespace sekisho::pages
{
namespace
{

// Session Management 1.0, 3.1 and 3.2: asked every few seconds, answers count from that frame alone. After
// "changed" or "error" nothing is asked any more: the answer would stay the same.
constexpr std::string_view script = R"js(
"use strict";
(() => {
  const { origin, question, state } = document.body.dataset;
  const tell = (what) => parent.postMessage({ type: "sekisho.session", state: what }, location.origin);
  const frame = document.querySelector("iframe");
  if (!frame) return tell(state);
  let timer;
  const ask = () => frame.contentWindow.postMessage(question, origin);
  addEventListener("message", (event) => {
    if (event.origin !== origin || event.source !== frame.contentWindow || !timer) return;
    if (event.data === "unchanged") return;
    clearInterval(timer);
    timer = undefined;
    tell(event.data === "changed" ? "changed" : "error");
  });
  frame.addEventListener("load", () => {
    if (timer) return;
    timer = setInterval(ask, 5000);
    ask();
  });
})();
)js";

constexpr std::string_view html =
    "<!doctype html><html lang=\"en\"><head><title>session</title></head>"
    "<body data-origin=\"{{origin}}\" data-question=\"{{question}}\" data-state=\"{{state}}\">"
    "{{#frame}}<iframe src=\"{{frame}}\"></iframe>{{/frame}}<script nonce=\"{{nonce}}\">";

std::string policy_of(const session_watch& what, std::string_view nonce)
{
    std::string policy = "default-src 'none'; script-src 'nonce-";
    policy.append(nonce).append("'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'");
    if (!what.op_frame.empty())
        policy.append("; frame-src ").append(what.op_origin);
    return policy;
}

} // namespace

http::response check_session_page(const session_watch& what, std::string_view nonce)
{
    auto body = fill(
        html,
        {.texts =
             {{"origin", std::string(what.op_origin)},
              {"question", std::string(what.question)},
              {"state", std::string(what.state)},
              {"frame", std::string(what.op_frame)},
              {"nonce", std::string(nonce)}},
         .lists = {}}
    );
    body.append(script).append("</script></body></html>");
    return {
        .status = 200,
        .fields =
            {{"Content-Type", "text/html; charset=utf-8"},
             {"Cache-Control", "no-store"},
             {"Content-Security-Policy", policy_of(what, nonce)},
             {"X-Frame-Options", "SAMEORIGIN"},
             {"Referrer-Policy", "no-referrer"},
             {"X-Content-Type-Options", "nosniff"}},
        .body = std::move(body)
    };
}

} // namespace sekisho::pages
