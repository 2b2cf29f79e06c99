// SPDX-License-Identifier: Apache-2.0
#pragma once
// The first look at a request: where it goes, who sent it, under which id. First, because nothing behind it
// may trust a header that a client made up.

#include "base/result.hpp"
#include "gateway/context.hpp"
#include "http/forwarded.hpp"
#include "http/target.hpp"
#include "net/exchange.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace sekisho::gateway
{

struct admission_rules
{
    http::trusted_proxies proxies; // nobody by default
    http::encoded_slash slashes = http::encoded_slash::refuse;
    std::vector<std::string>
        hosts; // lower case, with port where it is not the scheme's own; empty: every host
};

// 128 random bits as hex: unpredictable, from a generator that is asked once per many ids.
class request_ids
{
public:
    using id = std::array<char, 32>;
    id next();

private:
    std::array<std::byte, 1024> random_{};
    std::size_t used_ = random_.size();
};

// A request's context and what its views look at. Lives where it was made.
struct visit
{
    visit() = default;
    visit(const visit&) = delete;
    visit& operator=(const visit&) = delete;

    context about;
    http::connection_facts connection;
    http::client_facts client;
    http::canonical_target target;
    http::address_text client_text;
    request_ids::id id{};
};

// Fills in what the request says about itself. Errors: request_malformed, request_target_ambiguous,
// request_method_not_allowed, request_host_unknown. Whatever happens, the request id and the client's address
// are known afterwards, for the log.
result<void> admit(const net::exchange& exchange, const admission_rules& by, request_ids& ids, visit& into);

} // namespace sekisho::gateway
