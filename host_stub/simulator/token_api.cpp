// cgi-bin/token and cgi-bin/stable_token (wechat-protocol.md 4.1).
#include "simulator/endpoint.hpp"
#include "simulator/request_body.hpp"

#include <boost/json/value.hpp>

namespace simulator {
namespace {

struct Applicant {
    std::string grant_type;
    std::string app_id;
    std::string app_secret;
};

// UNVERIFIED: the order of these checks on the platform.
std::int64_t admit(Call& call, const Applicant& applicant)
{
    if (applicant.grant_type != "client_credential")
        return 40002;
    if (applicant.app_id.empty())
        return 41002;
    if (applicant.app_secret.empty())
        return 41004;
    auto* const account = call.platform.find(applicant.app_id);
    if (account == nullptr)
        return 40013;
    if (account->settings.app_secret != applicant.app_secret)
        return 40125;
    if (account->settings.token_errcode != 0)
        return account->settings.token_errcode;
    if (!allows(account->settings, call.request.peer))
        return 40164;
    call.account = account;
    return count_call(call);
}

Response hand_out(Call& call, const IssuedToken& token)
{
    if (token.errcode != 0)
        return answer(call, token.errcode);
    call.platform.remember(token.value, *call.account);
    boost::json::object fields;
    fields["access_token"] = token.value;
    fields["expires_in"] = token.expires_in.count();
    return answer(fields);
}

}  // namespace

Response token(Call& call)
{
    const auto& query = call.request.query;
    const Applicant applicant{
        parameter(query, "grant_type"), parameter(query, "appid"), parameter(query, "secret")};
    if (const auto fault = admit(call, applicant); fault != 0)
        return answer(call, fault);
    return hand_out(call, call.account->tokens.classic(call.now, call.platform.random));
}

Response stable_token(Call& call)
{
    const auto body = read_body(call.request.body);
    if (body.errcode != 0)
        return answer(call, body.errcode);
    const auto* const force = body.fields.if_contains("force_refresh");
    if (!only(body.fields, {"grant_type", "appid", "secret", "force_refresh"})
        || (force != nullptr && !force->is_bool()))
        return answer(call, 47001);
    const Applicant applicant{
        text_in(body.fields, "grant_type").value_or(""),
        text_in(body.fields, "appid").value_or(""),
        text_in(body.fields, "secret").value_or("")};
    if (const auto fault = admit(call, applicant); fault != 0)
        return answer(call, fault);
    const bool forced = force != nullptr && force->get_bool();
    return hand_out(call, call.account->tokens.stable(forced, call.now, call.platform.random));
}

}  // namespace simulator
