// SPDX-License-Identifier: Apache-2.0
#include "provider/reach.hpp"

namespace sekisho::provider
{

url document_address(const reach& how, const oidc::issuer_setting& issuer)
{
    return how.metadata_url ? *how.metadata_url : oidc::discovery_address(issuer);
}

url address_for_us(const reach& how, const oidc::issuer_setting& issuer, const url& address)
{
    if (!how.back_channel)
        return address;
    const auto public_side = url::parse(issuer.identifier.view());
    if (!public_side || !same_origin(*public_side, address))
        return address;
    return url::parse(how.back_channel->origin() + address.target()).value_or(address);
}

} // namespace sekisho::provider
