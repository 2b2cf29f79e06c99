// SPDX-License-Identifier: Apache-2.0
#include "gateway/pipeline.hpp"

#include "base/log.hpp"
#include "gateway/decision.hpp"

#include <utility>

namespace sekisho::gateway
{

using net::task;
using std::chrono::steady_clock;

task<void> pipeline::handle(net::exchange& exchange)
{
    const auto began = steady_clock::now();
    visit here;
    here.about.now = wall_clock_now();
    // First: nothing behind this may trust a header that a client made up.
    auto admitted = admit(exchange, by_->admission, ids_, here);
    if (admitted)
        co_await pass(exchange, here);
    else
    {
        // Who sends what can be read in two ways may have more of it behind.
        exchange.close_after();
        co_await refusal_.answer(exchange, here.about, std::move(admitted.error()));
    }
    note(exchange, here.about, began);
}

task<void> pipeline::pass(net::exchange& exchange, visit& here)
{
    const auto& request = exchange.request();
    if (authentication_.identify(request.fields, here.about) == authentication::look::must_ask)
    {
        co_await authentication_.ask(request.method, request.fields, here.about);
        here.about.has_waited = true;
    }
    // Ours before theirs: an application cannot shadow the callback.
    auto* const ours = our_own(here.about.path);
    if (ours != nullptr && (ours != &resume_ || here.about.session))
    {
        co_await ours->answer(exchange, here.about);
        co_return;
    }
    // Asked here and not there: a coroutine that only says no would cost each request its memory.
    if (here.about.session)
        if (const auto how = by_->renewals->needed(here.about.session->value, here.about.now);
            how != need::none)
            co_await renew(request, here.about, how);
    switch (decide_on(request, here.about))
    {
    case verdict::forward:
        if (const auto how = signs_in_again(request, here.about); how != new_sign_in::no)
            if (const auto is_sent = co_await sign_in_.again(exchange, here.about, how); is_sent)
                co_return by_->renewals->has_left(here.about.session->value, here.about.now);
        co_await relay(exchange, here);
        co_return;
    case verdict::unavailable:
    {
        refusal_options options;
        if (is_sent_form(request))
            options.note = pages::text_key::form_unsent_note;
        co_await refusal_.answer(exchange, here.about, *here.about.trouble, std::move(options));
        co_return;
    }
    case verdict::sign_in:
        // A redirect would lose what was entered.
        if (is_sent_form(request))
            co_return co_await resume_.keep(exchange, here.about);
        if (by_->ours.signs_in_locally)
            co_return co_await local_sign_in_.begin(exchange, here.about);
        co_await sign_in_.begin(exchange, here.about);
        co_return;
    case verdict::step_up:
        if (by_->ours.signs_in_locally)
            co_return co_await local_sign_in_.refuse_step_up(exchange, here.about);
        co_await sign_in_.step_up(exchange, here.about, *unmet(request.method, here.about, by_->policy));
        co_return;
    }
}

task<void> pipeline::renew(const http::request_head& request, context& about, need how)
{
    const auto& known = about.session->value;
    if (how == need::soon)
        co_return by_->renewals->start(known);
    about.has_waited = true;
    auto renewed = co_await by_->renewals->renew(known);
    if (!renewed)
        co_return authentication_.forget(about);
    if (renewed->generation > about.session->value.generation)
        authentication_.take_over(request.fields, std::move(*renewed), about);
}

new_sign_in pipeline::signs_in_again(const http::request_head& request, const context& about) const noexcept
{
    if (!about.session)
        return new_sign_in::no;
    const auto how = by_->renewals->signs_in_again(about.session->value, about.now);
    // Where nobody needs a session nobody is sent away for one.
    if (how == new_sign_in::no || by_->ours.signs_in_locally ||
        by_->policy.decide(request.method, about.path) == access::verdict::allowed)
        return new_sign_in::no;
    return how;
}

task<void> pipeline::relay(net::exchange& exchange, const visit& here)
{
    auto relayed = co_await forward_.relay(exchange, here);
    // An answer that has begun is cut short: closing the connection is all that is left to tell.
    if (!relayed)
        co_await refusal_.answer(exchange, here.about, std::move(relayed.error()));
}

task<void> pipeline::refuse(net::exchange& exchange, error why)
{
    const auto began = steady_clock::now();
    visit here;
    here.about.now = wall_clock_now();
    // For the log: what could be read. The head was refused already, whatever admission says.
    static_cast<void>(admit(exchange, by_->admission, ids_, here));
    co_await refusal_.answer(exchange, here.about, std::move(why));
    note(exchange, here.about, began);
}

verdict pipeline::decide_on(const http::request_head& request, const context& about) const noexcept
{
    // Whoever comes for a kept form signs in first, whatever is public.
    if (about.path == by_->ours.resume_path && !about.session)
        return about.trouble ? verdict::unavailable : verdict::sign_in;
    return decide(request.method, about, by_->policy);
}

endpoint* pipeline::our_own(std::string_view path) noexcept
{
    if ((our_lengths_ & addresses::length_bit(path)) == 0)
        return nullptr;
    const auto& ours = by_->ours;
    if (path == ours.callback_path)
        return &callback_;
    if (auto* const ending = endings_.at(path))
        return ending;
    if (path == ours.local_path)
        return &local_sign_in_;
    if (path == ours.emergency_path)
        return &emergency_;
    if (path == ours.login_path)
        return ours.signs_in_locally ? static_cast<endpoint*>(&local_sign_in_) : &sign_in_;
    if (path == ours.resume_path)
        return &resume_;
    if (path == ours.session_path)
        return &session_info_;
    if (path == ours.initiate_path)
        return ours.signs_in_locally ? static_cast<endpoint*>(&local_sign_in_) : &initiate_;
    if (path == ours.jwks_path)
        return &jwks_;
    if (path == ours.test_path)
        return &test_sign_in_;
    return nullptr;
}

void pipeline::note(const net::exchange& exchange, const context& about, steady_clock::time_point began)
{
    const auto took = std::chrono::duration_cast<std::chrono::microseconds>(steady_clock::now() - began);
    if (const auto status = exchange.status(); status >= 100 && status < 600)
        answers_[static_cast<std::size_t>(status / 100 - 1)]->add();
    durations_.observe(static_cast<std::uint64_t>(took.count()));
    if (by_->logs_access)
        access_log_.note(exchange, about, took);
}

void pipeline::turn()
{
    access_log_.flush();
    pool_.sweep();
}

task<void> entrance::handle(net::exchange& exchange)
{
    const auto current = now_;
    co_await current->handle(exchange);
}

task<void> entrance::refuse(net::exchange& exchange, error why)
{
    const auto current = now_;
    co_await current->refuse(exchange, std::move(why));
}

} // namespace sekisho::gateway
