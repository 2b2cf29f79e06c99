// SPDX-License-Identifier: Apache-2.0
#include "pages/failure_part.hpp"

#include "pages/error_guide.hpp"

#include <string>

namespace sekisho::pages
{

const std::string_view failure_part = R"({{#is_failed}}<section class="leaf">
<h2>{{label_failure}}</h2>
<table>
<tr class="bad"><th scope="row" translate="no">{{failed_code}}</th><td translate="no">{{failure}}</td></tr>
{{#happened}}<tr><th scope="row">{{label_happened}}</th><td>{{happened}}</td></tr>
{{/happened}}<tr><th scope="row">{{label_causes}}</th><td>{{causes}}</td></tr>
<tr><th scope="row">{{label_remedy}}</th><td>{{remedy}}</td></tr>
</table>
</section>
{{/is_failed}})";

void add_failure(template_values& to, errc code, std::string_view failure, language in)
{
    const auto set = [&](std::string name, std::string_view shown)
    { to.texts.emplace_back(std::move(name), std::string(shown)); };
    const auto& advice = guide(code, in);
    set("is_failed", "yes");
    set("label_failure", text(text_key::test_failure, in));
    set("label_causes", text(text_key::test_causes, in));
    set("label_remedy", text(text_key::test_remedy, in));
    set("failed_code", describe(code).name);
    set("failure", failure);
    set("causes", advice.causes);
    set("remedy", advice.remedy);
}

} // namespace sekisho::pages
