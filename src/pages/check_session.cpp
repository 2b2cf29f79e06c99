// SPDX-License-Identifier: Apache-2.0
#include "pages/check_session.hpp"

#include "pages/template.hpp"

#include <string>

namespace sekisho::pages
{
namespace
{

// Session Management 1.0, 3.1 and 3.2: asked every few seconds, answers count from that frame alone. After
// "changed" or "error" nothing is asked any more: the answer would stay the same. A browser that keeps the
// provider's cookies out of frames makes it say "changed" from the beginning, so that counts only where the
// same session was called unchanged before, and leads to one attempt only: each other would end like it.
constexpr std::string_view script = R"js(
"use strict";
(() => {
  const { origin, question, again, state } = document.body.dataset;
  const tell = (what) => parent.postMessage({ type: "sekisho.session", state: what }, location.origin);
  const frame = document.querySelector("iframe");
  if (!frame) return tell(state);
  const mark = "sekisho.check-session";
  const noted = (where) => {
    try {
      return window[where].getItem(mark) === question;
    } catch {
      return false;
    }
  };
  const note = (where) => {
    try {
      window[where].setItem(mark, question);
    } catch {}
    return noted(where);
  };
  let timer;
  let known = noted("localStorage");
  const ask = () => frame.contentWindow.postMessage(question, origin);
  const askAgain = () => {
    const framed = document.createElement("iframe");
    const given_up = setTimeout(() => tell("unknown"), 30000);
    addEventListener("message", (event) => {
      if (event.origin !== location.origin || event.source !== framed.contentWindow) return;
      if (event.data?.type !== "sekisho.session") return;
      clearTimeout(given_up);
      tell(event.data.state);
      if (event.data.state === "unchanged") location.reload();
    });
    framed.src = again;
    document.body.append(framed);
  };
  addEventListener("message", (event) => {
    if (event.origin !== origin || event.source !== frame.contentWindow || !timer) return;
    if (event.data === "unchanged") {
      if (!known) note("localStorage");
      known = true;
      return;
    }
    clearInterval(timer);
    timer = undefined;
    if (event.data !== "changed") return tell("error");
    if (!known || noted("sessionStorage") || !note("sessionStorage")) return tell("unknown");
    if (again) askAgain();
    else tell("changed");
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
    "<body data-origin=\"{{origin}}\" data-question=\"{{question}}\" data-again=\"{{again}}\" "
    "data-state=\"{{state}}\">"
    "{{#frame}}<iframe src=\"{{frame}}\"></iframe>{{/frame}}<script nonce=\"{{nonce}}\">";

std::string policy_of(const session_watch& what, std::string_view nonce)
{
    std::string policy = "default-src 'none'; script-src 'nonce-";
    policy.append(nonce).append("'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'");
    if (!what.op_frame.empty())
        policy.append("; frame-src ").append(what.op_origin);
    if (!what.op_frame.empty() && !what.again.empty())
        policy.append(" 'self' ").append(what.sign_in_origin);
    return policy;
}

} // namespace

http::response check_session_page(const session_watch& what, std::string_view nonce)
{
    auto body = fill(
        html,
        {.texts =
             {{"origin", what.op_origin},
              {"question", what.question},
              {"again", what.again},
              {"state", what.state},
              {"frame", what.op_frame},
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
