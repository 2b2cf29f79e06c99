// SPDX-License-Identifier: Apache-2.0
#include "app/command/admin_client.hpp"

#include "settings/spelling.hpp"

#include <boost/asio/ip/tcp.hpp>

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <string_view>

namespace sekisho::app
{
namespace
{

constexpr std::size_t longest_body = 64 * 1024 * 1024;

std::string reachable_host(const settings::listen_address& listen)
{
    if (listen.host.empty() || listen.host == "0.0.0.0")
        return "127.0.0.1";
    return listen.host == "::" ? "::1" : listen.host;
}

// The status line's status; 0 when the answer is not HTTP.
int status_of(std::string_view line)
{
    constexpr std::string_view version = "HTTP/1.1 ";
    if (!line.starts_with(version) || line.size() < version.size() + 3)
        return 0;
    const auto digits = line.substr(version.size(), 3);
    if (!std::ranges::all_of(digits, [](unsigned char each) { return std::isdigit(each) != 0; }))
        return 0;
    return std::stoi(std::string(digits));
}

void send(std::ostream& to, const admin_question& what)
{
    to << what.method << " " << what.target << " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
    if (!what.token.empty())
        to << "Authorization: Bearer " << what.token.reveal() << "\r\n";
    to << "\r\n" << std::flush;
}

std::string read_body(std::istream& from)
{
    std::string body;
    std::string piece(16384, '\0');
    while (body.size() < longest_body)
    {
        from.read(piece.data(), static_cast<std::streamsize>(piece.size()));
        const auto size = static_cast<std::size_t>(from.gcount());
        body.append(piece, 0, size);
        if (size < piece.size())
            break;
    }
    return body;
}

} // namespace

std::string admin_place(const settings::admin_settings& of)
{
    return of.listen ? settings::spelling<settings::listen_address>::print(*of.listen) : std::string();
}

std::expected<admin_reply, std::string>
ask_admin(const settings::admin_settings& of, const admin_question& what)
{
    if (!of.listen)
        return std::unexpected("admin.listen is off, so there is nothing to ask; set it to 127.0.0.1:9090");
    boost::asio::ip::tcp::iostream stream;
    stream.expires_after(what.patience);
    stream.connect(reachable_host(*of.listen), std::to_string(of.listen->port));
    if (!stream)
        return std::unexpected(
            "no answer at admin.listen " + admin_place(of) + ": " + stream.error().message()
        );
    send(stream, what);
    std::string line;
    std::getline(stream, line);
    admin_reply reply;
    reply.status = status_of(line);
    if (reply.status == 0)
        return std::unexpected("admin.listen " + admin_place(of) + " does not answer as the gate would");
    while (std::getline(stream, line) && line != "\r")
        line.clear();
    reply.body = read_body(stream);
    return reply;
}

} // namespace sekisho::app
