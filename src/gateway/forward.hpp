// SPDX-License-Identifier: Apache-2.0
#pragma once
// The request as the application receives it: what clients must not say is taken away, then ours is put in.

#include "gateway/addresses.hpp"
#include "gateway/admission.hpp"
#include "gateway/lasting.hpp"
#include "gateway/sign_in/loop.hpp"
#include "http/field_name.hpp"
#include "http/head_writer.hpp"
#include "net/exchange.hpp"
#include "session/keeper.hpp"
#include "session/lifetimes.hpp"
#include "upstream/relay.hpp"

#include <memory>
#include <string>
#include <vector>

namespace sekisho::gateway
{

enum class host_header : std::uint8_t
{
    preserve,
    upstream,
};

struct forward_rules
{
    http::name_set stripped; // identity::names_to_strip
    host_header host = host_header::preserve;
    session::lifetimes limits;
};

// All of it outlives the forwarder; one per worker.
struct forward_parts
{
    net::worker& home;
    const forward_rules& rules;
    const session::keeper& sessions;
    const addresses& ours;
    upstream::pool& pool;
    upstream::tunnel_list& tunnels;
    lasting_list& lasting;
    const loop_cookie* loops = nullptr; // null: sign-ins are not counted
};

class forward
{
public:
    explicit forward(const forward_parts& parts)
        : with_(parts), authority_(parts.pool.to().address.authority())
    {
    }

    // Relays the exchange. Errors as upstream::relay::run; request_head_too_large when ours does not fit
    // behind the client's fields; websocket_origin_refused.
    net::task<result<void>> relay(net::exchange& exchange, const visit& about);

private:
    std::unique_ptr<upstream::relay> borrow();

    forward_parts with_;
    std::string authority_; // of the application
    std::vector<std::unique_ptr<upstream::relay>> relays_;
};

// Writes the head without framing fields and without its empty line. Every spelling of a stripped name, our
// cookies, the connection's own fields and forwarded claims of strangers are left out; then come Host,
// X-Forwarded-*, X-Request-Id and the session's identity. Pure.
void write_upstream_head(
    http::flat_writer& to,
    const http::request_head& head,
    const visit& about,
    const forward_rules& rules,
    const session::jar& cookies,
    std::string_view upstream_authority
);

} // namespace sekisho::gateway
