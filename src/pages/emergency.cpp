// SPDX-License-Identifier: Apache-2.0
#include "pages/emergency.hpp"

#include "pages/layout.hpp"
#include "pages/passkey_script.hpp"

namespace sekisho::pages
{
namespace
{

// What both pages begin and end with. The button works once the script has found passkeys in the browser.
constexpr std::string_view form_begin =
    R"({{#name}}<p class="owner">{{register_for}} <strong>{{name}}</strong></p>
{{/name}}<noscript><p class="fault">{{no_script}}</p></noscript>
<p class="fault" role="alert" data-says="no_passkeys" hidden>{{no_passkeys}}</p>
<p class="fault" role="alert" data-says="cancelled" hidden>{{cancelled}}</p>
<p class="fault" role="alert" data-says="known_device" hidden>{{known_device}}</p>
<form id="passkey" method="post" action="{{action}}" data-challenge="{{token}}" data-rp="{{rp}}" data-name="{{name}}" data-handle="{{handle}}" data-known="{{known}}">
<input type="hidden" name="form" value="{{token}}">
)";

constexpr std::string_view sign_in_fields = R"(<input type="hidden" name="way" value="passkey">
<input type="hidden" name="credential">
<input type="hidden" name="client_data">
<input type="hidden" name="authenticator_data">
<input type="hidden" name="signature">
<input type="hidden" name="user_handle">
)";

constexpr std::string_view register_fields = R"(<input type="hidden" name="way" value="register">
<input type="hidden" name="client_data">
<input type="hidden" name="attestation">
<input type="hidden" name="discoverable">
)";

constexpr std::string_view form_end = R"(<button type="submit" disabled>{{button}}</button>
</form>
)";

constexpr std::string_view password_part = R"({{#has_password}}<details>
<summary>{{password_heading}}</summary>
<form class="stack" method="post" action="{{action}}">
<input type="hidden" name="form" value="{{token}}">
<input type="hidden" name="way" value="password">
<label for="name">{{name_label}}</label>
<input id="name" name="name" maxlength="64" required autocomplete="username" autocapitalize="none" spellcheck="false">
<label for="password">{{password_label}}</label>
<input id="password" name="password" type="password" maxlength="1000" required autocomplete="current-password">
<label for="code">{{code_label}}</label>
<input id="code" name="code" inputmode="numeric" pattern="[0-9]{6}" maxlength="6" required autocomplete="one-time-code">
<button type="submit">{{password_button}}</button>
</form>
</details>
{{/has_password}})";

std::string with_script(std::string markup)
{
    return markup.append("<script>").append(passkey_script).append("</script>\n");
}

template_values values_of(const setting& with, const emergency_page& what, text_key button)
{
    template_values values;
    const auto set = [&](std::string name, std::string_view value)
    { values.texts.emplace_back(std::move(name), std::string(value)); };
    set("action", what.action);
    set("token", what.token);
    set("rp", what.rp_id);
    set("known", what.passkey_ids);
    set("name", what.name);
    set("handle", what.handle);
    set("button", text(button, with.in));
    set("register_for", text(text_key::emergency_register_for, with.in));
    set("no_script", text(text_key::emergency_no_script, with.in));
    set("no_passkeys", text(text_key::emergency_no_passkeys, with.in));
    set("cancelled", text(text_key::emergency_cancelled, with.in));
    set("known_device", text(text_key::emergency_known_device, with.in));
    if (what.password == password_form::shown)
        set("has_password", "yes");
    set("password_heading", text(text_key::emergency_password_heading, with.in));
    set("name_label", text(text_key::emergency_name_label, with.in));
    set("password_label", text(text_key::emergency_password_label, with.in));
    set("code_label", text(text_key::emergency_code_label, with.in));
    set("password_button", text(text_key::sign_in, with.in));
    return values;
}

http::response
laid_out(const setting& with, content shown, std::string_view part, const template_values& values)
{
    shown.part = part;
    shown.part_values = &values;
    shown.sends = forms::to_us;
    shown.script_hash = passkey_script_hash;
    return lay_out(with, shown);
}

} // namespace

http::response emergency_sign_in_page(const setting& with, const emergency_page& what)
{
    static const auto part =
        with_script(std::string(form_begin).append(sign_in_fields).append(form_end).append(password_part));
    content shown{
        .title = text(text_key::emergency_title, with.in), .text = text(text_key::emergency_text, with.in)
    };
    return laid_out(with, shown, part, values_of(with, what, text_key::emergency_passkey_button));
}

http::response emergency_registration_page(const setting& with, const emergency_page& what)
{
    static const auto part = with_script(std::string(form_begin).append(register_fields).append(form_end));
    content shown{
        .title = text(text_key::emergency_register_title, with.in),
        .text = text(text_key::emergency_register_text, with.in)
    };
    return laid_out(with, shown, part, values_of(with, what, text_key::emergency_register_button));
}

http::response emergency_registered_page(const setting& with, std::string_view url)
{
    content shown{
        .title = text(text_key::emergency_registered_title, with.in),
        .text = text(text_key::emergency_registered_text, with.in)
    };
    shown.main_url = url;
    shown.main_label = text(text_key::emergency_title, with.in);
    return lay_out(with, shown);
}

} // namespace sekisho::pages
