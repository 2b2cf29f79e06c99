// SPDX-License-Identifier: Apache-2.0
#pragma once
// Who may read on an error page what exactly went wrong: administrators, and whoever opened the test page
// with a ticket a moment ago. Everybody else reads the code and the request id.

#include "access/administrators.hpp"
#include "crypto/seal.hpp"
#include "gateway/context.hpp"
#include "gateway/test_page/ticket_cookie.hpp"
#include "http/fields.hpp"

#include <span>

namespace sekisho::gateway
{

// What is null lets nobody in. All of it outlives whoever holds it.
struct insight
{
    const access::administrators* administrators = nullptr;
    const crypto::key_ring* tickets = nullptr; // of test_ticket_purpose
    const ticket_cookie* cookie = nullptr;
};

// By the session of the request, or by the ticket in its cookie.
bool has_insight(const insight& by, std::span<const http::field> request, const context& about);

} // namespace sekisho::gateway
