// SPDX-License-Identifier: Apache-2.0
#include "pages/fragment.hpp"

#include "pages/layout.hpp"

namespace sekisho::pages
{
namespace
{

// Of this tab alone. What is kept for another address, or of a sign-in that nobody finished, is dropped: at
// the next beginning, or after an hour. It is only ever set as an address's fragment, never as text of a
// page.
constexpr std::string_view keeping_script = R"js((() => {
  const { target, next } = document.getElementById("way").dataset;
  const hash = location.hash;
  try {
    if (hash.length > 1 && hash.length <= 2048)
      sessionStorage.setItem("sekisho.fragment", JSON.stringify({ target, hash, at: Date.now() }));
    else sessionStorage.removeItem("sekisho.fragment");
  } catch {}
  location.replace(next);
})();)js";
constexpr std::string_view keeping_hash = "sha256-JHU/Lo+/haHF9OWGSPJYtHbdxyKs2wJ7/IdSNz0MgqU=";

constexpr std::string_view restoring_script = R"js((() => {
  const { target } = document.getElementById("way").dataset;
  const to = new URL(target, location.origin);
  if (to.origin !== location.origin) return;
  try {
    const kept = JSON.parse(sessionStorage.getItem("sekisho.fragment"));
    sessionStorage.removeItem("sekisho.fragment");
    const age = Date.now() - kept.at;
    if (kept.target === target && !to.hash && age >= 0 && age < 3600000) to.hash = kept.hash;
  } catch {}
  location.replace(to);
})();)js";
constexpr std::string_view restoring_hash = "sha256-GJtpKygGpfjG475D0NDs+mRXR0wh1803xw6deHYUC58=";

// Who has no script goes on after a moment, long enough to be told.
constexpr std::string_view keeping_part =
    R"(<noscript><p class="note">{{without_script}}</p><meta http-equiv="refresh" content="3;url={{next}}"></noscript>
<div id="way" data-target="{{target}}" data-next="{{next}}" hidden></div>
)";
constexpr std::string_view restoring_part =
    R"(<noscript><meta http-equiv="refresh" content="0;url={{target}}"></noscript>
<div id="way" data-target="{{target}}" hidden></div>
)";

std::string with_script(std::string_view part, std::string_view script)
{
    return std::string(part).append("<script>").append(script).append("</script>\n");
}

} // namespace

std::string_view keep_fragment_script() { return keeping_script; }
std::string_view restore_fragment_script() { return restoring_script; }

http::response keep_fragment_page(const setting& with, std::string_view target, std::string_view next)
{
    const auto part = with_script(keeping_part, keeping_script);
    const template_values values{
        .texts =
            {{"target", std::string(target)},
             {"next", std::string(next)},
             {"without_script", std::string(text(text_key::fragment_without_script, with.in))}},
        .lists = {}
    };
    content what{
        .status = describe(errc::session_required).status,
        .title = text(text_key::fragment_title, with.in),
        .text = text(text_key::fragment_text, with.in)
    };
    what.main_url = next;
    what.main_label = text(text_key::sign_in, with.in);
    what.part = part;
    what.part_values = &values;
    what.script_hash = keeping_hash;
    auto answer = lay_out(with, what);
    answer.fields.emplace_back("WWW-Authenticate", usual_challenge);
    return answer;
}

http::response restore_fragment_page(const setting& with, std::string_view target)
{
    const auto part = with_script(restoring_part, restoring_script);
    const template_values values{.texts = {{"target", std::string(target)}}, .lists = {}};
    content what{
        .title = text(text_key::redirecting_title, with.in), .text = text(text_key::redirecting_text, with.in)
    };
    what.main_url = target;
    what.main_label = text(text_key::redirecting_link, with.in);
    what.part = part;
    what.part_values = &values;
    what.script_hash = restoring_hash;
    return lay_out(with, what);
}

} // namespace sekisho::pages
