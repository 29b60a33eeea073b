#include "replay/findings.hpp"

#include "replay/account.hpp"
#include "replay/temporary_folder.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <fstream>
#include <optional>

namespace replay {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr channel::Milliseconds patience = 10s;  // real time, for one call of an instance that does not run

/// An instance that is asked and never started: what it would tell a host goes nowhere.
class Asked final : public channel::LaneServices {
public:
    Asked(const channel::Library& library, channel::Lane& lane)
        : LaneServices(lane), instance_(library.create("lint", *this))
    {
    }

    [[nodiscard]] channel::Result configure(const channel::Settings& settings)
    {
        std::optional<channel::Result> result;
        lane().post([&] { instance_.configure(settings, [&](const channel::Result& ended) { result = ended; }); });
        if (!lane().run_until([&] { return result.has_value(); }, patience))
            throw channel::Error{channel::Status::internal, "no_answer", "the channel does not end configure"};
        return *result;
    }
    [[nodiscard]] std::string inspect(std::string_view topic) const { return instance_.inspect(topic); }

    void log(channel::Level, std::string_view, std::string_view, std::string_view) override {}
    void health(channel::Health, std::string_view, std::string_view) override {}
    channel::Outcome offer(const channel::Item&, channel::Token) override { return {channel::Status::refused}; }
    channel::Outcome report(const channel::Report&, channel::Token) override { return {channel::Status::refused}; }

private:
    channel::Instance instance_;
};

std::string settings_for(const std::vector<std::filesystem::path>& customers, const std::filesystem::path& folder)
{
    json::array files;
    for (const auto& file : customers)
        files.emplace_back(std::filesystem::absolute(file).string());
    json::object object;
    object["listen"] = "127.0.0.1:0";
    object["store"] = (folder / "wechat.sqlite").string();
    object["customers"] = std::move(files);
    return json::serialize(object);
}

// "error" from the author's layer, the number from who fills abi.h's structs himself.
bool is_error(const json::object& finding)
{
    const auto* const level = finding.if_contains("level");
    if (!level || level->is_string())
        return !level || level->get_string() == "error";
    return level->is_number() && level->to_number<int>() == CHANNEL_LOG_ERROR;
}

host::Complaint complaint_of(const json::object& finding)
{
    const auto text = [&](std::string_view name) {
        const auto* const value = finding.if_contains(name);
        return value && value->is_string() ? std::string{value->get_string()} : std::string{};
    };
    const auto number = [&](std::string_view name) {
        const auto* const value = finding.if_contains(name);
        return value && value->is_number() ? value->to_number<int>() : 0;
    };
    return {text("file"), number("line"), number("column"), text("text")};
}

host::Complaints complaints_of(const channel::Result& result)
{
    json::error_code broken;
    const auto value = json::parse(result.json, broken);
    host::Complaints all;
    if (const auto* const error = broken ? nullptr : value.if_object())
        all.push_back(complaint_of(*error));
    const auto* const list = broken ? nullptr : value.if_array();
    for (const auto& finding : list ? *list : json::array{})
        if (finding.is_object() && is_error(finding.get_object()))
            all.push_back(complaint_of(finding.get_object()));
    if (all.empty() && !result)
        all.push_back({"", 0, 0, "refused without a reason"});
    return all;
}

}  // namespace

host::Complaints findings(const std::vector<std::filesystem::path>& customers, const channel::Library& library)
{
    const TemporaryFolder folder;
    channel::Clock clock;
    channel::Lane lane{clock, channel::Lane::Mode::manual};
    Asked asked{library, lane};
    return complaints_of(asked.configure({
        .mode = channel::Mode::validate,
        .json = settings_for(customers, folder.path()),
        .base_dir = std::filesystem::current_path().string(),
    }));
}

std::string texts(const std::vector<std::filesystem::path>& customers, const channel::Library& library)
{
    const TemporaryFolder folder;
    channel::Clock clock;
    channel::Lane lane{clock, channel::Lane::Mode::manual};
    Asked asked{library, lane};
    const auto result = asked.configure({
        .mode = channel::Mode::apply,
        .json = settings_for(customers, folder.path()),
        .base_dir = std::filesystem::current_path().string(),
    });
    if (!result)
        throw channel::Error{result.status, "refused", complaints_of(result).front().text};
    return asked.inspect("texts");
}

host::Complaints complaints_about_customer(const Scenario& scenario, const channel::Library& library)
{
    const TemporaryFolder folder;
    const auto file = folder.path() / "replay.yaml";
    std::ofstream{file, std::ios::binary} << account::customer_file(scenario, "http://127.0.0.1:1");
    auto complaints = findings({file}, library);
    for (auto& complaint : complaints)
        complaint.file = scenario.file.string();
    return complaints;
}

}  // namespace replay
