// link: http
// SPDX-License-Identifier: Apache-2.0
// Nobody who is not trusted is believed; what is believed is well-formed; what we write is one line per
// field.
#include "base/encoding.hpp"
#include "http/forwarded.hpp"
#include "http/host.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

namespace
{

using namespace sekisho;

void require(bool holds)
{
    if (!holds)
        std::abort();
}

void hold(std::string_view text, http::forwarded_style style)
{
    const std::array fields{
        http::field{"X-Forwarded-For", text},
        http::field{"X-Forwarded-Host", text},
        http::field{"X-Forwarded-Proto", text},
        http::field{"Forwarded", text},
    };
    const http::connection_facts connection{
        .peer = http::address(std::array<unsigned char, 4>{10, 0, 0, 1}), .host = "app.example"
    };
    const auto stranger = resolve_client(fields, connection, {});
    require(
        stranger.client == connection.peer && stranger.host == "app.example" && !stranger.is_peer_trusted
    );
    auto proxies = *http::trusted_proxies::parse("10.0.0.0/8");
    proxies.style = style;
    const auto believed = resolve_client(fields, connection, proxies);
    require(http::is_host(believed.host));
    require(http::address::read(to_text(believed.client).view()) == believed.client);
    std::vector<char> memory(text.size() + 512 + believed.host.size());
    for (const auto& facts : {stranger, believed})
    {
        http::flat_writer head(memory);
        write_forwarding(head, fields, connection, facts);
        require(!head.overflowed() && std::ranges::count(head.text(), '\n') == 3);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto text = as_text(std::as_bytes(std::span(data, size)));
    if (!http::is_field_value(text))
        return 0; // no parser hands on such a value
    hold(text, http::forwarded_style::x_forwarded);
    hold(text, http::forwarded_style::rfc7239);
    if (const auto network = http::cidr::parse(text); network && text.find('/') == std::string_view::npos)
        require(network->contains(*http::address::read(text)));
    return 0;
}
