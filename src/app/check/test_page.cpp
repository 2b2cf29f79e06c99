// SPDX-License-Identifier: Apache-2.0
#include "app/check/test_page.hpp"

#include "base/url.hpp"
#include "gateway/test_page/ticket.hpp"

namespace sekisho::app
{

check_finding name_test_page(const settings::model& from)
{
    if (from.session.secret.empty())
        return {check_code::test_not_offered, "session.secret is not set"};
    if (!from.server.public_url)
        return {check_code::test_not_offered, "server.public_url is not set"};
    return {check_code::test_ticket_unasked, from.server.public_url->origin() + from.server.test_path};
}

check_finding offer_test_page(const settings::model& from, time_point now, crypto::random_source& random)
{
    const auto page = name_test_page(from);
    if (page.code == check_code::test_not_offered)
        return page;
    const crypto::key_ring keys({from.session.secret}, gateway::test_ticket_purpose);
    return {
        check_code::test_address,
        with_query_parameter(page.found, "ticket", gateway::make_test_ticket(keys, now, random))
    };
}

} // namespace sekisho::app
