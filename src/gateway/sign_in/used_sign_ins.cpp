// SPDX-License-Identifier: Apache-2.0
#include "gateway/sign_in/used_sign_ins.hpp"

namespace sekisho::gateway
{

used_sign_ins::claim used_sign_ins::take(const oidc::state& state)
{
    const std::scoped_lock lock(mutex_);
    if (!states_.insert(state.str()).second)
        return claim::repeated;
    order_.push_back(state.str());
    if (order_.size() > capacity_)
    {
        states_.erase(order_.front());
        order_.pop_front();
    }
    return claim::first;
}

} // namespace sekisho::gateway
