// SPDX-License-Identifier: Apache-2.0
#include "gateway/endpoint/ending_endpoints.hpp"

namespace sekisho::gateway
{

ending_endpoints::ending_endpoints(const ending_parts& parts)
    : with_(parts), ends_(with_.sessions, with_.opened, with_.plan.hints, with_.loops),
      channel_(with_.providers, with_.sessions), sign_out_(
                                                     {with_.ours,
                                                      with_.providers,
                                                      with_.sessions.cookies(),
                                                      ends_,
                                                      channel_,
                                                      with_.plan.memory,
                                                      with_.plan.hints,
                                                      with_.choices,
                                                      with_.random,
                                                      with_.refuse,
                                                      with_.plan.rules,
                                                      with_.later}
                                                 ),
      backchannel_({with_.providers, with_.sessions, with_.refuse}),
      frontchannel_({channel_, ends_, with_.refuse}),
      check_session_(
          {with_.ours,
           with_.providers,
           with_.plan.checks == session_checks::offered ? with_.leaves : nullptr,
           with_.random,
           with_.refuse}
      )
{
}

endpoint* ending_endpoints::at(std::string_view path) noexcept
{
    if (path == with_.ours.logout_path)
        return &sign_out_;
    if (path == with_.ours.backchannel_logout_path)
        return &backchannel_;
    if (path == with_.ours.frontchannel_logout_path)
        return &frontchannel_;
    if (path == with_.ours.check_session_path && with_.plan.checks != session_checks::not_offered)
        return &check_session_;
    return nullptr;
}

} // namespace sekisho::gateway
