// SPDX-License-Identifier: Apache-2.0
#pragma once
// The calls of one look-up in a directory, bounded all together; refusals tried again where that is worth it,
// and told with what to do about them.

#include "base/result.hpp"
#include "base/url.hpp"
#include "directory/lookup_limits.hpp"
#include "directory/page.hpp"
#include "directory/reason.hpp"
#include "http/fields.hpp"
#include "net/http_client.hpp"
#include "net/task.hpp"
#include "provider/caller.hpp"
#include "provider/services.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::directory
{

// What an adapter has as long as its provider lives.
struct api
{
    api(std::string provider_name, provider::services with, lookup_limits limited = {})
        : services(std::move(with)), calls(std::move(provider_name), services), limits(limited)
    {
    }
    api(const api&) = delete;
    api& operator=(const api&) = delete;

    provider::services services; // what they refer to outlives the adapter
    provider::caller calls;
    lookup_limits limits;
};

// One API's own ways.
struct dialect
{
    std::string_view where; // names the API in errors
    // What the administrator can do about a refusal; empty: nothing in particular.
    std::string_view (*advice)(int status, const reason& why) = nullptr;
};

// "https://host/path answered with status 403: …; <advice>".
error refusal(const net::incoming_response& answer, const url& asked, const dialect& of, time_point now);

// Lives in the frame of the coroutine that awaits it, on `home`. All errors: oidc_directory_failure.
class lookup
{
public:
    lookup(api& with, dialect of, http::owned_fields fields);

    // A 200; anything else is an error, after the retries there are.
    net::task<result<net::incoming_response>> get(url target);
    // The same for a POST of a form, never tried again.
    net::task<result<net::incoming_response>> post(url target, std::string form);
    // The values of all pages from the first one on.
    net::task<result<std::vector<std::string>>> all_pages(url first, page_reader read);

private:
    net::task<result<net::incoming_response>> send(net::outgoing_request request);
    net::task<void> wait(std::chrono::milliseconds pause);
    std::chrono::milliseconds time_left() const;
    std::unexpected<error> failed(std::string detail) const;

    api& with_;
    dialect of_;
    http::owned_fields fields_;
    provider::steady_time started_;
    std::size_t bytes_ = 0;
    std::uint32_t retries_ = 0;
};

} // namespace sekisho::directory
