// SPDX-License-Identifier: Apache-2.0
#pragma once
// A gate with an application behind it and a client in front: what most tests of the proxy begin with.

#include "support/recording_application.hpp"
#include "support/running_gate.hpp"
#include "support/wire.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace sekisho::test
{

struct doorway
{
    explicit doorway(
        recording_application::conversation talk,
        const std::function<void(settings::model&)>& change = [](auto&) {}
    )
        : application(std::move(talk)), settings(changed(application.port(), change)), gate(settings),
          client(wire::to(gate.port()))
    {
    }

    static settings::model changed(std::uint16_t port, const std::function<void(settings::model&)>& change)
    {
        auto made = gate_settings(port);
        change(made);
        return made;
    }

    // Request line, Host and these fields ("Name: value\r\n"), and the empty line.
    static std::string head(std::string_view method, std::string_view target, std::string_view fields = "")
    {
        return std::string(method) + " " + std::string(target) + " HTTP/1.1\r\nHost: app.example\r\n" +
               std::string(fields) + "\r\n";
    }
    // The same of somebody who is signed in.
    std::string
    signed_head(std::string_view method, std::string_view target, std::string_view fields = "") const
    {
        return head(method, target, "Cookie: " + gate.cookie() + "\r\n" + std::string(fields));
    }

    // One request on the client's connection and its answer.
    wire_message ask(std::string_view bytes)
    {
        client.send(bytes);
        return client.receive_message(bytes.starts_with("HEAD ") ? reading::headless_body : reading::usual);
    }

    recording_application application;
    settings::model settings;
    running_gate gate;
    wire client;
};

} // namespace sekisho::test
