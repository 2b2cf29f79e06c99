// SPDX-License-Identifier: Apache-2.0
#include "gateway/decision.hpp"

#include "gateway/sign_in/proof.hpp"

namespace sekisho::gateway
{

const access::step_up* unmet(std::string_view method, const context& about, const access::policy& by) noexcept
{
    if (!by.has_step_ups() || !about.session)
        return nullptr;
    return by.unmet(method, about.path, proof_of(about.session->value), about.now);
}

verdict decide(std::string_view method, const context& about, const access::policy& by) noexcept
{
    if (about.session)
        return unmet(method, about, by) == nullptr ? verdict::forward : verdict::step_up;
    if (by.decide(method, about.path) == access::verdict::allowed)
        return verdict::forward;
    return about.trouble ? verdict::unavailable : verdict::sign_in;
}

} // namespace sekisho::gateway
