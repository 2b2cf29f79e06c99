// SPDX-License-Identifier: Apache-2.0
#include "app/health.hpp"

#include "app/command/admin_client.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <string>
#include <utility>

namespace sekisho::app
{
namespace
{

constexpr std::chrono::seconds patience(4); // below the five seconds Docker's HEALTHCHECK is given
constexpr std::size_t longest_body = 4096;

health_report unwell(std::string text) { return {.status = status_failed, .text = std::move(text)}; }

} // namespace

health_report ask_health(const settings::admin_settings& admin, probe about)
{
    const std::string path = about == probe::readiness ? "/readyz" : "/healthz";
    auto reply = ask_admin(admin, {.target = path, .patience = patience});
    if (!reply)
        return unwell(std::move(reply.error()));
    if (reply->status == 200)
        return {.status = 0, .text = "ok"};
    auto body = reply->body.substr(0, longest_body);
    while (body.ends_with('\n'))
        body.pop_back();
    return unwell(path + " answers " + std::to_string(reply->status) + (body.empty() ? "" : "\n" + body));
}

} // namespace sekisho::app
