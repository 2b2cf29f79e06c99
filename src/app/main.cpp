// SPDX-License-Identifier: Apache-2.0
#include "app/run.hpp"

#include <exception>
#include <iostream>

int main(int argc, char** argv)
{
    try
    {
        return sekisho::app::run(argc, argv);
    }
    catch (const std::exception& failure)
    {
        std::cerr << "sekisho: " << failure.what() << "\n";
        return 1;
    }
}
