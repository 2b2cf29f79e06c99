// SPDX-License-Identifier: Apache-2.0
// Holds our JWE decryption against what others encrypt, and our encryption against what they decrypt. Reads
// JSON lines {"id":…,"jwk":{…},"jwe":…} on standard input, the JWK with its private members, and prints
// {"id":…,"plain":…} for each; of {"id":…,"to":{…},"alg":…,"enc":…,"plain":…} {"id":…,"jwe":…}. null:
// refused.
#include "base/json.hpp"
#include "crypto/jwe.hpp"
#include "crypto/jwe_encrypt.hpp"

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

json encrypted(const json& line)
{
    const auto object = json_object::of(line, "line");
    const auto to = crypto::encryption_key::from_jwk(line["to"]);
    const auto alg = crypto::find_key_management(object->text("alg").value_or(""));
    const auto enc = crypto::find_content_encryption(object->text("enc").value_or(""));
    if (!to || !alg || !enc)
        return nullptr;
    const auto made = crypto::encrypt_compact(
        object->text("plain").value_or(""), *to, {*alg, *enc, "JWT"}, crypto::system_random()
    );
    return made ? json(*made) : json();
}

std::string answer(const std::string& text)
{
    json out = {{"id", nullptr}, {"plain", nullptr}};
    const auto line = parse_json(text);
    if (!line || !line->is_object())
        return to_text(out);
    out["id"] = line->value("id", json());
    if (line->contains("to"))
        out["jwe"] = encrypted(*line);
    else
        out["plain"] = plain_of(*line);
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
