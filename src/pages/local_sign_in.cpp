// SPDX-License-Identifier: Apache-2.0
#include "pages/local_sign_in.hpp"

#include "pages/layout.hpp"

namespace sekisho::pages
{
namespace
{

constexpr std::string_view part = R"(<form class="ask" method="post" action="{{action}}">
<input type="hidden" name="form" value="{{token}}">
<label for="password">{{label}}</label>
<p id="password-hint" class="hint">{{hint}}</p>
<div class="line"><input id="password" name="password" type="password" maxlength="200" required autofocus autocomplete="off" autocapitalize="none" spellcheck="false" aria-describedby="password-hint">
<button type="submit">{{button}}</button></div>
</form>
)";

} // namespace

http::response local_sign_in_page(const setting& with, const local_form& form)
{
    template_values values;
    const auto set = [&](std::string name, std::string_view value)
    { values.texts.emplace_back(std::move(name), std::string(value)); };
    set("action", form.action);
    set("token", form.token);
    set("label", text(text_key::local_label, with.in));
    set("hint", text(text_key::local_hint, with.in));
    set("button", text(text_key::sign_in, with.in));
    content shown{.title = text(text_key::local_title, with.in), .text = text(text_key::local_text, with.in)};
    shown.part = part;
    shown.part_values = &values;
    shown.sends = forms::to_us;
    return lay_out(with, shown);
}

} // namespace sekisho::pages
