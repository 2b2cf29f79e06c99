// SPDX-License-Identifier: Apache-2.0
#include "gateway/sign_out/rules.hpp"

namespace sekisho::gateway
{

void add_forgetting(http::response& to, const sign_out_rules& by, sign_out_stage stage)
{
    std::string all;
    for (const auto& each : by.forgets)
        if (stage == sign_out_stage::over || each != "cookies")
            all.append(all.empty() ? "\"" : ", \"").append(each).append("\"");
    if (!all.empty())
        to.fields.emplace_back("Clear-Site-Data", all);
}

} // namespace sekisho::gateway
