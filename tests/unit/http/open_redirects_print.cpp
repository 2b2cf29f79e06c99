// SPDX-License-Identifier: Apache-2.0
// Prints {"candidate","address"} as JSON for each line of open_redirects.txt; open_redirects_whatwg.mjs reads
// it.
#include "http/return_address.hpp"

#include <nlohmann/json.hpp>

#include <fstream>
#include <iostream>

int main(int count, char** arguments)
{
    if (count != 3)
    {
        std::cerr << "usage: open_redirects_print <file of JSON strings> <our origin>\n";
        return 2;
    }
    const auto origin = sekisho::url::parse(arguments[2]);
    if (!origin)
    {
        std::cerr << to_text(origin.error()) << '\n';
        return 2;
    }
    std::ifstream file(arguments[1]);
    for (std::string line; std::getline(file, line);)
    {
        if (line.starts_with('#'))
            continue;
        const auto candidate = nlohmann::json::parse(line).get<std::string>();
        const nlohmann::json row{
            {"candidate", candidate}, {"address", sekisho::http::safe_return_address(candidate, *origin)}
        };
        std::cout << row.dump() << '\n';
    }
    return 0;
}
