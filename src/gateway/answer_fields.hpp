// SPDX-License-Identifier: Apache-2.0
#pragma once
// The fields of an application's answer on their way to the client: what is ours is protected, and a session
// that is in use is renewed.

#include "gateway/context.hpp"
#include "gateway/sign_in/loop.hpp"
#include "http/fields.hpp"
#include "session/store.hpp"
#include "upstream/relay.hpp"

#include <span>
#include <vector>

namespace sekisho::gateway
{

// For one exchange; what it refers to outlives it.
class answer_fields final : public upstream::answer_editor
{
public:
    // `request`: the client's fields.
    // `loops` may be null.
    answer_fields(
        const session::store& sessions,
        std::span<const http::field> request,
        const context& about,
        const loop_cookie* loops = nullptr
    )
        : sessions_(sessions), request_(request), about_(about), loops_(loops)
    {
    }

    // Takes cookies of our names away. Adds the renewed session when it is due, and ends the count of
    // sign-ins, for this one was kept; such an answer is for one person only, whatever the application said
    // about caches.
    void edit(int status, std::vector<http::field>& fields) override;

private:
    bool sets_our_cookie(const http::field& field) const;
    bool ends_counting() const noexcept;

    const session::store& sessions_;
    std::span<const http::field> request_;
    const context& about_;
    const loop_cookie* loops_;
    session::set_cookies cookies_;
};

} // namespace sekisho::gateway
