// SPDX-License-Identifier: Apache-2.0
#include "net/deadline.hpp"

#include <algorithm>

namespace sekisho::net
{

void deadline::expires_after(std::chrono::milliseconds duration) noexcept
{
    if (duration.count() <= 0)
        return clear();
    // One tick more, because the current one has partly passed.
    const auto ticks =
        (duration + deadline_wheel::tick - std::chrono::milliseconds(1)) / deadline_wheel::tick + 1;
    expiry_ = wheel_->now_ + static_cast<std::uint64_t>(ticks);
    // Later than the next visit of its slot: that visit will move it. This keeps the common case at one
    // store.
    if (head_ != nullptr && visited_at_ <= expiry_)
        return;
    unlink();
    wheel_->link(*this, expiry_);
}

void deadline::unlink() noexcept
{
    if (head_ == nullptr)
        return;
    (previous_ != nullptr ? previous_->next_ : *head_) = next_;
    if (next_ != nullptr)
        next_->previous_ = previous_;
    head_ = nullptr;
    previous_ = next_ = nullptr;
}

void deadline_wheel::link(deadline& node, std::uint64_t at) noexcept
{
    node.visited_at_ = std::min(at, now_ + slots - 1);
    node.head_ = &heads_[node.visited_at_ % slots];
    node.next_ = *node.head_;
    if (node.next_ != nullptr)
        node.next_->previous_ = &node;
    *node.head_ = &node;
}

void deadline_wheel::turn() noexcept
{
    ++now_;
    auto& head = heads_[now_ % slots];
    // Actions may unlink or link other nodes, so the list is taken apart from its front, never walked.
    while (head != nullptr)
    {
        auto& node = *head;
        node.unlink();
        if (node.expiry_ == deadline::never)
            continue;
        if (node.expiry_ > now_)
        {
            link(node, node.expiry_);
            continue;
        }
        node.expiry_ = deadline::never;
        node.on_expiry_(node.owner_);
    }
}

} // namespace sekisho::net
