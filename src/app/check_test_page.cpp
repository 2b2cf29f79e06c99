// SPDX-License-Identifier: Apache-2.0
#include "app/check_test_page.hpp"

#include "base/url.hpp"
#include "gateway/test_ticket.hpp"

namespace sekisho::app
{

check_finding offer_test_page(const settings::model& from, time_point now, crypto::random_source& random)
{
    if (from.session.secret.empty())
        return {check_code::test_not_offered, "session.secret is not set"};
    if (!from.server.public_url)
        return {check_code::test_not_offered, "server.public_url is not set"};
    const crypto::key_ring keys({from.session.secret}, gateway::test_ticket_purpose);
    const auto page = from.server.public_url->origin() + from.server.test_path;
    return {
        check_code::test_address,
        with_query_parameter(page, "ticket", gateway::make_test_ticket(keys, now, random))
    };
}

} // namespace sekisho::app
