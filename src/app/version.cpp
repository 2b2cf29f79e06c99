// SPDX-License-Identifier: Apache-2.0
#include "app/version.hpp"

#include <boost/version.hpp>
#include <openssl/crypto.h>

namespace sekisho::app
{

std::string version_text()
{
    std::string boost(BOOST_LIB_VERSION);
    for (auto& each : boost)
        if (each == '_')
            each = '.';
    std::string text = "sekisho " SEKISHO_VERSION "\n";
    text.append("compiler: ").append(__VERSION__).append("\n");
    text.append("TLS:      ").append(OpenSSL_version(OPENSSL_VERSION)).append("\n");
    text.append("Boost:    ").append(boost).append("\n");
    return text;
}

} // namespace sekisho::app
