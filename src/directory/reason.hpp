// SPDX-License-Identifier: Apache-2.0
#pragma once
// What an API says about its refusal, in whichever of the usual forms.

#include <string>
#include <string_view>

namespace sekisho::directory
{

struct reason
{
    std::string code;    // "Authorization_RequestDenied", "insufficient_scope"; empty: not said
    std::string message; // as it came; empty: not said
};

// Microsoft's and Google's {"error":{"code":…,"message":…}}, OAuth's {"error":…,"error_description":…},
// GitHub's and GitLab's {"message":…}. Anything else: both empty.
reason reason_of(std::string_view body);

// For an error's detail: `invalid_grant ("Invalid JWT Signature.")`; empty: nothing was said.
std::string to_text(const reason& why);

} // namespace sekisho::directory
