// SPDX-License-Identifier: Apache-2.0
// So many requests through a gate, for a tool that counts instructions: `load cookie|memory REQUESTS`.

#include "performance/steady_state.hpp"

#include <cstdlib>
#include <iostream>
#include <string_view>

int main(int count, char** arguments)
{
    using sekisho::settings::session_store;
    const std::string_view store(count == 3 ? arguments[1] : "");
    if (store != "cookie" && store != "memory")
    {
        std::cerr << "usage: load cookie|memory REQUESTS\n";
        return 2;
    }
    sekisho::performance::steady_state load(
        store == "cookie" ? session_store::cookie : session_store::memory
    );
    return load.run(std::strtoul(arguments[2], nullptr, 10)) ? 0 : 1;
}
