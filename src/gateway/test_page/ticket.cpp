// SPDX-License-Identifier: Apache-2.0
#include "gateway/test_page/ticket.hpp"

#include <charconv>
#include <cstdint>

namespace sekisho::gateway
{
namespace
{

constexpr std::string_view where = "test.ticket";
constexpr std::string_view bound_to = "test";

} // namespace

std::string make_test_ticket(const crypto::key_ring& keys, time_point now, crypto::random_source& random)
{
    return keys.seal(std::to_string(now.time_since_epoch().count()), bound_to, random);
}

result<void> check_test_ticket(const crypto::key_ring& keys, std::string_view ticket, time_point now)
{
    const auto plain = keys.open(ticket, bound_to);
    std::int64_t made = 0;
    if (!plain || std::from_chars(plain->data(), plain->data() + plain->size(), made).ec != std::errc())
        return fail(
            errc::access_denied,
            where,
            "the ticket was not made with this session.secret; `sekisho check` prints one"
        );
    const auto age = now - time_point(std::chrono::seconds(made));
    // Made by the clock of another machine, maybe: a little ahead is no forgery.
    if (age >= test_ticket_lifetime || age < -test_ticket_lifetime)
        return fail(
            errc::access_denied,
            where,
            "the ticket is of " + format_time(time_point(std::chrono::seconds(made))) +
                ", expected one of the last " + format_duration(test_ticket_lifetime) +
                "; `sekisho check` prints another one"
        );
    return {};
}

} // namespace sekisho::gateway
