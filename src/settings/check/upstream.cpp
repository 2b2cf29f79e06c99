// SPDX-License-Identifier: Apache-2.0
#include "settings/check/examination.hpp"
#include "settings/spelling.hpp"

#include <string_view>

namespace sekisho::settings
{
namespace
{

bool is_ourselves(const url& address, const listen_address& listen)
{
    const bool reaches = listen.host.empty() || listen.host == address.host() ||
                         (listen.host == "localhost" && address.is_loopback());
    return address.is_loopback() && reaches && listen.port == address.port();
}

} // namespace

void check_upstream(examination& about)
{
    const auto& upstream = about.values().upstream;
    if (!upstream.url)
        return about.require(
            "upstream.url", "the address of your application, such as http://127.0.0.1:3000"
        );
    const auto& address = *upstream.url;
    if ((address.path() != "/" && !address.path().empty()) || !address.query().empty())
        about.refuse(
            "upstream.url",
            "must be scheme, host and port only: " + address.origin() +
                " (paths reach the application unchanged)"
        );
    for (const auto& listen : about.values().server.listen)
        if (is_ourselves(address, listen))
            about.refuse(
                "upstream.url",
                "is the gate itself (server.listen " + spelling<listen_address>::print(listen) +
                    "); name the application's port, or move the gate to another"
            );
    if (address.is_https() && !upstream.verify_tls)
        about.warn(
            "upstream.verify_tls",
            "is off: anyone between the gate and the application can read and change everything; give the "
            "authority in upstream.ca_file instead"
        );
}

} // namespace sekisho::settings
