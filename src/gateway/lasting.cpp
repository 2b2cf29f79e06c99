// SPDX-License-Identifier: Apache-2.0
#include "gateway/lasting.hpp"

namespace sekisho::gateway
{

lasting_list::entry::entry(lasting_list& in, upstream::relay& under_way, const session::session* of) noexcept
    : in_(in), under_way_(under_way), of_(of), next_(in.first_)
{
    if (next_ != nullptr)
        next_->previous_ = this;
    in_.first_ = this;
    ++in_.size_;
}

lasting_list::entry::~entry()
{
    (previous_ != nullptr ? previous_->next_ : in_.first_) = next_;
    if (next_ != nullptr)
        next_->previous_ = previous_;
    --in_.size_;
}

void lasting_list::end(const session::ending& what) noexcept
{
    // Nobody leaves the list meanwhile: what is told to end does so when its coroutine runs again.
    for (auto* each = first_; each != nullptr; each = each->next_)
        if (each->of_ != nullptr && session::means(what, *each->of_))
            each->under_way_.end_session();
}

} // namespace sekisho::gateway
