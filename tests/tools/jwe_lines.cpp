// SPDX-License-Identifier: Apache-2.0
// Holds our JWE decryption against what others encrypt. Reads JSON lines {"id":…,"jwk":{…},"jwe":…} on
// standard input, the JWK with its private members, and prints {"id":…,"plain":…} for each; null: refused.
#include "base/json.hpp"
#include "crypto/jwe.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <iostream>
#include <string>

namespace
{

using namespace sekisho;

json plain_of(const json& line)
{
    const auto object = json_object::of(line, "line");
    const auto text = object ? object->text("jwe") : std::unexpected(object.error());
    const auto* const jwk = object ? object->find("jwk") : nullptr;
    if (!text || jwk == nullptr)
        return nullptr;
    const auto key = crypto::decryption_key::from_jwk(*jwk);
    const auto jwe = crypto::take_apart_encrypted(*text);
    if (!key || !jwe)
        return nullptr;
    const auto content = crypto::decrypt(*jwe, std::array{*key});
    return content ? json(content->reveal()) : json();
}

std::string answer(const std::string& text)
{
    json out = {{"id", nullptr}, {"plain", nullptr}};
    const auto line = parse_json(text);
    if (line && line->is_object())
    {
        out["id"] = line->value("id", json());
        out["plain"] = plain_of(*line);
    }
    return to_text(out);
}

} // namespace

int main()
{
    std::ios::sync_with_stdio(false);
    for (std::string line; std::getline(std::cin, line);)
        std::cout << answer(line) << '\n';
    return 0;
}
