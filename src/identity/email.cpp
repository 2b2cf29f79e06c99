// SPDX-License-Identifier: Apache-2.0
#include "identity/email.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <utility>

namespace sekisho::identity
{
namespace
{

std::string_view spelled(email_verification state)
{
    return state == email_verification::unknown ? "absent" : "not true";
}

} // namespace

email_verification
read_verification(const oidc::claims& claims, std::string_view claim, verification_text text)
{
    const auto* value = claims.find(claim);
    if (value == nullptr)
        return claims.object().contains(claim) ? email_verification::unverified : email_verification::unknown;
    const bool is_true = (value->is_boolean() && value->get<bool>()) ||
                         (text == verification_text::counts && value->is_string() &&
                          value->get_ref<const std::string&>() == "true");
    return is_true ? email_verification::verified : email_verification::unverified;
}

result<void> check_verification(email_verification state, verification_policy policy, std::string_view claim)
{
    const bool accepted = policy == verification_policy::ignored || state == email_verification::verified ||
                          (policy == verification_policy::if_present && state == email_verification::unknown);
    if (accepted)
        return {};
    std::string detail("claim ");
    detail.append(claim).append(" is ").append(spelled(state));
    return fail(errc::oidc_email_unverified, "identity.email", std::move(detail));
}

} // namespace sekisho::identity
