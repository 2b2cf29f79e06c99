// SPDX-License-Identifier: Apache-2.0
#include "gateway/insight.hpp"

#include "gateway/test_page/ticket.hpp"

namespace sekisho::gateway
{

bool has_insight(const insight& by, std::span<const http::field> request, const context& about)
{
    if (by.administrators != nullptr && about.session &&
        access::is_administrator(about.session->value.who, *by.administrators))
        return true;
    if (by.tickets == nullptr || by.cookie == nullptr)
        return false;
    const auto ticket = by.cookie->find(request);
    return !ticket.empty() && check_test_ticket(*by.tickets, ticket, about.now).has_value();
}

} // namespace sekisho::gateway
