// SPDX-License-Identifier: Apache-2.0
// So many requests through a gate, for a tool that counts instructions: `load REQUESTS`.

#include "performance/steady_state.hpp"

#include <cstdlib>
#include <iostream>

int main(int count, char** arguments)
{
    if (count != 2)
    {
        std::cerr << "usage: load REQUESTS\n";
        return 2;
    }
    sekisho::performance::steady_state load;
    return load.run(std::strtoul(arguments[1], nullptr, 10)) ? 0 : 1;
}
