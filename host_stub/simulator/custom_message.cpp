#include "simulator/custom_message.hpp"

#include "simulator/request_body.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <span>

namespace simulator {
namespace {

namespace json = boost::json;

// media: of which type the file must be; shown: the phone shows this field's text; items: the field is a list of these.
struct Field {
    std::string_view name;
    bool required = true;
    std::string_view media = {};
    bool shown = false;
    std::span<const Field> items = {};
};

constexpr std::array article{
    Field{.name = "title", .shown = true},
    Field{.name = "description", .required = false},
    Field{.name = "url"},
    Field{.name = "picurl", .required = false}};
constexpr std::array menu_item{Field{.name = "id"}, Field{.name = "content", .shown = true}};

constexpr std::array text{Field{.name = "content", .shown = true}};
constexpr std::array image{Field{.name = "media_id", .media = "image"}};
constexpr std::array voice{Field{.name = "media_id", .media = "voice"}};
constexpr std::array video{
    Field{.name = "media_id", .media = "video"},
    Field{.name = "thumb_media_id", .media = "thumb"},
    Field{.name = "title", .required = false, .shown = true},
    Field{.name = "description", .required = false}};
constexpr std::array music{
    Field{.name = "title", .required = false, .shown = true},
    Field{.name = "description", .required = false},
    Field{.name = "musicurl"},
    Field{.name = "hqmusicurl"},
    Field{.name = "thumb_media_id", .media = "thumb"}};
constexpr std::array news{Field{.name = "articles", .items = article}};
constexpr std::array mpnews{Field{.name = "media_id", .media = "news"}};
constexpr std::array mpnewsarticle{Field{.name = "article_id", .shown = true}};
constexpr std::array msgmenu{
    Field{.name = "head_content", .shown = true},
    Field{.name = "list", .items = menu_item},
    Field{.name = "tail_content", .required = false, .shown = true}};
constexpr std::array wxcard{Field{.name = "card_id", .shown = true}};
constexpr std::array miniprogrampage{
    Field{.name = "title", .shown = true},
    Field{.name = "appid"},
    Field{.name = "pagepath"},
    Field{.name = "thumb_media_id", .media = "image"}};

struct Type {
    std::string_view msgtype;
    std::string_view kind;
    std::span<const Field> fields;
};
// `link` is not here: it is for mini programs only.
constexpr std::array types{
    Type{"text", "text", text},
    Type{"image", "image", image},
    Type{"voice", "voice", voice},
    Type{"video", "video", video},
    Type{"music", "music", music},
    Type{"news", "news", news},
    Type{"mpnews", "news", mpnews},
    Type{"mpnewsarticle", "article", mpnewsarticle},
    Type{"msgmenu", "menu", msgmenu},
    Type{"wxcard", "card", wxcard},
    Type{"miniprogrampage", "page", miniprogrampage},
};
constexpr std::size_t most_menu_items = 50;  // UNVERIFIED: the platform names 45098 but no number

bool read(const json::object& object, std::span<const Field> fields, CustomMessage& message);

bool read_list(const json::value& value, const Field& field, CustomMessage& message)
{
    if (!value.is_array())
        return false;
    const auto& list = value.get_array();
    if (field.name == "articles" && list.size() != 1)
        message.size_code = list.empty() ? 44003 : 45008;
    if (field.name == "list" && (list.empty() || list.size() > most_menu_items))
        message.size_code = 45098;
    return std::ranges::all_of(list, [&](const json::value& item) {
        return item.is_object() && read(item.get_object(), field.items, message);
    });
}

bool read_field(const json::value& value, const Field& field, CustomMessage& message)
{
    if (!field.items.empty())
        return read_list(value, field, message);
    if (!value.is_string())
        return false;
    const std::string words{value.get_string()};
    if (!field.media.empty())
        message.media.push_back({.id = words, .type = field.media});
    if (field.shown && !words.empty())
        message.text += (message.text.empty() ? "" : "\n") + words;
    return true;
}

bool read(const json::object& object, std::span<const Field> fields, CustomMessage& message)
{
    std::size_t known = 0;
    for (const auto& field : fields) {
        const auto* const value = object.if_contains(field.name);
        if (value == nullptr && !field.required)
            continue;
        if (value == nullptr || !read_field(*value, field, message))
            return false;
        ++known;
    }
    return known == object.size();
}

std::int64_t read_sender(const json::object& body)
{
    const auto* const service = body.if_contains("customservice");
    if (service == nullptr)
        return 0;
    if (!service->is_object() || !only(service->get_object(), {"kf_account"}))
        return 47001;
    // An account of the platform's own customer service is called NAME@ACCOUNT.
    const auto account = text_in(service->get_object(), "kf_account").value_or("");
    return account.find('@') == std::string::npos ? 61452 : 0;
}

bool right_ai_mark(const json::object& body)
{
    const auto* const mark = body.if_contains("aimsgcontext");
    return mark == nullptr
        || (mark->is_object() && only(mark->get_object(), {"is_ai_msg"})
            && number_in(mark->get_object(), "is_ai_msg"));
}

}  // namespace

ReadMessage read_custom_message(const json::object& body, std::size_t text_bytes)
{
    const auto to = text_in(body, "touser");
    const auto msgtype = text_in(body, "msgtype");
    const auto* const type = std::ranges::find(types, msgtype.value_or(""), &Type::msgtype);
    if (!msgtype || type == types.end())
        return {.errcode = 40008};
    const auto* const object = body.if_contains(*msgtype);
    ReadMessage read_one{.message = {.to = to.value_or(""), .kind = std::string{type->kind}}};
    auto& message = read_one.message;
    if (!to || object == nullptr || !object->is_object() || !right_ai_mark(body)
        || !only(body, {"touser", "msgtype", *msgtype, "customservice", "aimsgcontext"})
        || !read(object->get_object(), type->fields, message))
        return {.errcode = 47001};
    if (const auto fault = read_sender(body); fault != 0)
        return {.errcode = fault};
    if (message.kind == "page")
        message.mini_program = text_in(object->get_object(), "appid").value_or("");
    if (message.kind == "text" && message.text.empty())
        message.size_code = 44004;
    if (message.kind == "text" && message.text.size() > text_bytes)
        message.size_code = 45002;
    if (message.kind == "menu" && message.size_code == 0 && message.text.size() > text_bytes)
        message.size_code = 45099;
    return read_one;
}

}  // namespace simulator
