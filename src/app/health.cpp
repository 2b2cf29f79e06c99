// SPDX-License-Identifier: Apache-2.0
#include "app/health.hpp"

#include "settings/spelling.hpp"

#include <boost/asio/ip/tcp.hpp>

#include <chrono>
#include <string>
#include <string_view>

namespace sekisho::app
{
namespace
{

constexpr std::chrono::seconds patience(4); // below the five seconds Docker's HEALTHCHECK is given

std::string reachable_host(const settings::listen_address& listen)
{
    if (listen.host.empty() || listen.host == "0.0.0.0")
        return "127.0.0.1";
    return listen.host == "::" ? "::1" : listen.host;
}

// The status line's status, or empty when the answer is not HTTP.
std::string status_of(std::string_view line)
{
    constexpr std::string_view version = "HTTP/1.1 ";
    if (!line.starts_with(version))
        return {};
    return std::string(line.substr(version.size(), 3));
}

health_report unwell(std::string text) { return {.status = status_failed, .text = std::move(text)}; }

} // namespace

health_report ask_health(const settings::admin_settings& admin, probe about)
{
    if (!admin.listen)
        return unwell("admin.listen is off, so there is nothing to ask; set it to 127.0.0.1:9090");
    const auto place = settings::spelling<settings::listen_address>::print(*admin.listen);
    const std::string path = about == probe::readiness ? "/readyz" : "/healthz";

    boost::asio::ip::tcp::iostream stream;
    stream.expires_after(patience);
    stream.connect(reachable_host(*admin.listen), std::to_string(admin.listen->port));
    if (!stream)
        return unwell("no answer at admin.listen " + place + ": " + stream.error().message());
    stream << "GET " << path << " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" << std::flush;
    std::string line;
    std::getline(stream, line);
    const auto status = status_of(line);
    if (status == "200")
        return {.status = 0, .text = "ok"};
    if (status.empty())
        return unwell("admin.listen " + place + " does not answer as the gate would");
    constexpr std::size_t longest_body = 4096;
    std::string body;
    bool is_head = true;
    while (std::getline(stream, line) && body.size() < longest_body)
        if (!is_head)
            body.append("\n").append(line);
        else
            is_head = line != "\r";
    return unwell(path + " answers " + status + body);
}

} // namespace sekisho::app
