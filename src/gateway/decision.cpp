// SPDX-License-Identifier: Apache-2.0
#include "gateway/decision.hpp"

namespace sekisho::gateway
{

verdict decide(std::string_view method, const context& about, const access::policy& by) noexcept
{
    if (about.session)
        return verdict::forward;
    return by.decide(method, about.path) == access::verdict::allowed ? verdict::forward : verdict::sign_in;
}

} // namespace sekisho::gateway
