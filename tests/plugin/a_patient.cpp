#include "plugin/a_patient.hpp"

#include "plugin/doctor_self_test.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>

namespace wechat::plugin {

Platform::Platform(const std::optional<scripted::Tls>& tls)
    : server_([this](const scripted::Request& request) { return answer(request); }, tls)
{
    answers(
        "/cgi-bin/stable_token", scripted::json(R"({"access_token":"access-token-5d2","expires_in":7200})")
    );
    answers(
        "/cgi-bin/callback/check",
        scripted::json(
            R"({"dns":[{"ip":"203.0.113.7","real_operator":"UNICOM"}],)"
            R"("ping":[{"ip":"203.0.113.7","from_operator":"UNICOM","package_loss":"0%","time":"23.079ms"}]})"
        )
    );
    answers("/cgi-bin/message/custom/typing", scripted::errcode(40003));
    answers("/cgi-bin/qrcode/create", scripted::errcode(40129));
    answers(
        "/cgi-bin/openapi/quota/get",
        scripted::json(R"({"errcode":0,"quota":{"daily_limit":500000,"used":2000,"remain":498000}})")
    );
}

void Platform::answers(const std::string& path, scripted::Reply reply)
{
    const std::lock_guard lock{mutex_};
    replies_[path] = std::move(reply);
}

void Platform::says_it_is(const std::string& date)
{
    const std::lock_guard lock{mutex_};
    date_ = date;
}

scripted::Reply Platform::answer(const scripted::Request& request)
{
    const std::lock_guard lock{mutex_};
    const auto found = replies_.find(request.target.substr(0, request.target.find('?')));
    auto reply = found == replies_.end() ? scripted::http(404, "<html>") : found->second;
    if (const auto head = reply.bytes.find("\r\n"); !date_.empty() && head != std::string::npos)
        reply.bytes.insert(head, "\r\nDate: " + date_);
    return reply;
}

APatient::APatient(const std::optional<scripted::Tls>& tls) : platform(tls)
{
    account.name = Customer{"harbour-bank"};
    account.app_id = AppId{"wx01"};
    account.app_secret = Secret{"app-secret-9f3"};
    account.api = {{.tls = tls.has_value(), .host = "127.0.0.1", .port = platform.server().port()}};
    account.callbacks = std::make_shared<const codec::CallbackAccount>(callbacks());
    patient.file = "harbour-bank.yaml";
    listen(callbacks());
}

APatient::~APatient()
{
    if (webhook_)
        asio::co_spawn(loop_, webhook_->stop(0ms), [](const std::exception_ptr&) {});
    loop_.restart();
    loop_.run();
}

codec::CallbackAccount APatient::callbacks(const std::string& token, const std::string& key)
{
    codec::CallbackAccount callbacks;
    callbacks.app_id = AppId{"wx01"};
    callbacks.callback_token = Secret{token};
    callbacks.aes_key = codec::AesKey::from_encoding_aes_key(key).value();
    return callbacks;
}

void APatient::listen(const codec::CallbackAccount& served, std::optional<webhook::Certificate> certificate)
{
    if (webhook_) {
        asio::co_spawn(loop_, webhook_->stop(0ms), [](const std::exception_ptr&) {});
        loop_.restart();
        loop_.run();
    }
    webhook::Options options;
    options.port = 0;
    options.tls = std::move(certificate);
    webhook::Seam seam;
    seam.account_of = [known = std::make_shared<const codec::CallbackAccount>(served
                       )](std::string_view customer) { return customer == "harbour-bank" ? known : nullptr; };
    seam.apply = [this](std::string, codec::Callback callback) -> Task<Result<std::string>> {
        if (!is_self_test(callback))
            applied.push_back(std::move(callback));
        co_return std::string();
    };
    seam.now = [] { return moment; };
    webhook_ = std::make_unique<webhook::Server>(loop_, options, std::move(seam), Log{}, busy_);
    BOOST_TEST_REQUIRE(webhook_->start().has_value());
    patient.endpoint = options;
    patient.endpoint.port = webhook_->port();
}

void APatient::is_examined()
{
    patient.account = std::make_shared<const engine::CustomerAccount>(account);
    std::optional<std::vector<channel::Examined>> result;
    const auto told = [&](const std::exception_ptr& failure, std::vector<channel::Examined> all) {
        if (failure)
            std::rethrow_exception(failure);
        result = std::move(all);
    };
    asio::co_spawn(
        loop_,
        examine(
            loop_, patient, [this] { return now; }, patience
        ),
        told
    );
    loop_.restart();
    while (!result)
        BOOST_TEST_REQUIRE(loop_.run_one() > 0U);
    steps = std::move(*result);
}

const channel::Examined* APatient::find(const std::string& step) const
{
    const auto found = std::ranges::find(steps, step, &channel::Examined::step);
    return found == steps.end() ? nullptr : &*found;
}

std::string APatient::level(const std::string& step) const
{
    const auto* const found = find(step);
    return found ? std::string{name_of(found->level)} : "none";
}

std::string APatient::words(const std::string& step) const
{
    const auto* const found = find(step);
    return found ? found->text + "\n" + found->remedy : std::string{};
}

std::vector<std::string> APatient::steps_that_are(Found level) const
{
    std::vector<std::string> names;
    for (const auto& step : steps)
        if (step.level == level)
            names.push_back(step.step);
    return names;
}

std::string APatient::everything() const
{
    std::string all;
    for (const auto& step : steps)
        all += step.account + ' ' + step.step + ' ' + step.text + ' ' + step.remedy + '\n';
    return all;
}

}  // namespace wechat::plugin
