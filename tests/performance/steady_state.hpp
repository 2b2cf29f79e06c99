// SPDX-License-Identifier: Apache-2.0
#pragma once
// The load that the budgets are about: a signed-in GET of 1 KiB over kept connections, through a whole gate.
// Its session is in the cookie or in the gate's memory.
// The client and the application allocate nothing and do as little as can be, so that what is counted is the
// gate's.

#include "support/running_gate.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <thread>

namespace sekisho::performance
{

class steady_state
{
public:
    // `store`: cookie or memory.
    explicit steady_state(settings::session_store store);
    ~steady_state();

    // So many requests, one after the other. False: an answer was not what it should be.
    bool run(std::size_t requests);

private:
    void serve() const;

    int listener_;
    std::thread application_;
    std::unique_ptr<test::running_gate> gate_;
    std::string request_;
    int client_;
};

} // namespace sekisho::performance
