#include "codec/errcode.hpp"

#include <algorithm>
#include <array>

namespace wechat::codec {
namespace {

constexpr auto sent = Meaning::sent;
constexpr auto renew_token = Meaning::renew_token;
constexpr auto try_later = Meaning::try_later;
constexpr auto slow_down = Meaning::slow_down;
constexpr auto hold_account = Meaning::hold_account;
constexpr auto no_slot_left = Meaning::no_slot_left;
constexpr auto close_window = Meaning::close_window;
constexpr auto not_following = Meaning::not_following;
constexpr auto upload_again = Meaning::upload_again;
constexpr auto fail_message = Meaning::fail_message;

// Every code of wechat-protocol.md 5.2; the comment behind a row is the policy's rule where it is not A6.
constexpr std::array
    table{
        Row{-1, try_later, "WeChat is busy"},                                             // A5
        Row{0, sent, "ok"},                                                               // A1
        Row{40001, renew_token, "the access token is not valid, or not the latest one"},  // A4
        Row{40002, fail_message, "the grant type is not valid"},
        Row{40003,
            fail_message,
            "the openid is not valid for this account: it belongs to another one, or never followed"},
        Row{40004, fail_message, "the media type is not valid"},
        Row{40005, fail_message, "the file type is not valid"},
        Row{40006, fail_message, "the file is too large or too small"},
        Row{40007, upload_again, "the media id is not valid or has expired"},
        Row{40008, fail_message, "the message type is not valid"},
        Row{40009, fail_message, "the image is too large"},
        Row{40010, fail_message, "the voice recording is too large"},
        Row{40011, fail_message, "the video is too large"},
        Row{40012, fail_message, "the thumbnail is too large"},
        Row{40013, hold_account, "the app id is not valid: correct app_id in the customer's file"},  // A5
        Row{40014, renew_token, "the access token is not valid"},                                    // A4
        Row{40033, fail_message, "the request has characters WeChat refuses, such as \\u escapes"},
        Row{40035, fail_message, "a parameter is not valid"},
        Row{40036, fail_message, "the template id has the wrong length"},
        Row{40037, fail_message, "the template id is not valid for this account"},
        Row{40038, fail_message, "the format of the request is not valid"},
        Row{40097, fail_message, "an argument is not valid"},
        Row{40101, fail_message, "a parameter is missing"},
        Row{40113, fail_message, "the file type is not supported"},
        Row{40118, fail_message, "the media id has the wrong size"},
        Row{40121, fail_message, "the media id type is not valid"},
        Row{40125,
            hold_account,
            "the app secret is not valid: correct app_secret in the customer's file"},  // A5
        Row{40137, fail_message, "the image format is not supported"},
        Row{40164,
            hold_account,
            "this server's address is not allowed: add it to the account's IP allow-list in the WeChat "
            "console"},  // A5
        Row{40165, fail_message, "the mini program's page path is not valid"},
        Row{40166,
            fail_message,
            "the mini program is not linked to this account: link it in the WeChat console"},
        Row{40243, hold_account, "the app secret is frozen: unfreeze it in the WeChat console"},  // A5
        Row{41001, renew_token, "the access token is missing"},                                   // A4
        Row{41002, fail_message, "the app id is missing"},
        Row{41004, fail_message, "the app secret is missing"},
        Row{41005, fail_message, "the media file is missing"},
        Row{41006, fail_message, "the media id is missing"},
        Row{41009, fail_message, "the openid is missing"},
        Row{41011, fail_message, "a required field is missing"},
        Row{42001, renew_token, "the access token has expired"},  // A4
        Row{42007,
            hold_account,
            "the account's owner changed the password and withdrew the authorisation: authorise again"},  // A5
        Row{43001, fail_message, "WeChat wants a GET"},
        Row{43002, fail_message, "WeChat wants a POST"},
        Row{43003, fail_message, "WeChat wants HTTPS"},
        Row{43004, not_following, "the contact does not follow the account"},        // A3
        Row{43005, not_following, "the contact and the account are not connected"},  // A3
        Row{43019,
            fail_message,
            "the contact is on the account's blacklist: take him off in the WeChat console"},
        Row{43101, fail_message, "the contact refuses this template's messages"},
        Row{44001, fail_message, "the media file is empty"},
        Row{44002, fail_message, "the request's body is empty"},
        Row{44003, fail_message, "the news message is empty"},
        Row{44004, fail_message, "the text is empty"},
        Row{45001, fail_message, "the media file is too large"},
        Row{45002, fail_message, "the text is too long"},
        Row{45003, fail_message, "the title is too long"},
        Row{45004, fail_message, "the description is too long"},
        Row{45005, fail_message, "a link is too long"},
        Row{45006, fail_message, "a picture's link is too long"},
        Row{45007, fail_message, "the voice recording is too long"},
        Row{45008, fail_message, "the news message has too many articles"},
        Row{45009,
            slow_down,
            "the account's daily limit of calls is used up; it is renewed at midnight in Beijing"},  // A5
        Row{45011, slow_down, "too many calls in this minute"},                                      // A5
        Row{45015, close_window, "the time to answer is over, or the contact no longer follows"},    // A3
        Row{45035,
            hold_account,
            "this server's address is not registered: add it to the account's IP allow-list in the WeChat "
            "console"},                                                                      // A5
        Row{45047, no_slot_left, "no more messages may be sent until the contact answers"},  // A2
        Row{45064,
            fail_message,
            "the mini program is not linked to this account: link it in the WeChat console"},
        Row{45065, sent, "WeChat has this message already"},                // A1: a repeat of what was taken
        Row{45066, slow_down, "the same message was sent again too soon"},  // A5
        Row{45067, fail_message, "the message's own id is too long"},
        Row{45072, fail_message, "the typing command is not valid"},
        Row{45080, fail_message, "typing is shown only within 30 s of the contact's message"},
        Row{45081, fail_message, "typing is shown already"},
        Row{45086,
            fail_message,
            "the mini program is not linked to this account: link it in the WeChat console"},
        Row{45087,
            hold_account,
            "the account may not send customer messages: see its notices in the WeChat console"},    // A5
        Row{45094, hold_account, "the account is punished: see its notices in the WeChat console"},  // A5
        Row{45098, fail_message, "the menu message has too many items"},
        Row{45099, fail_message, "an item of the menu message is too long"},
        Row{45102,
            hold_account,
            "WeChat blocks this call for a while: see the account's notices in its console"},  // A5
        Row{45501,
            hold_account,
            "WeChat blocks this call for a while: see the account's notices in its console"},  // A5
        Row{46001, fail_message, "the media file does not exist"},
        Row{46004, fail_message, "the contact does not exist"},
        Row{47001, fail_message, "the request is not valid JSON"},
        Row{47002, fail_message, "the request has \\u escapes, which WeChat refuses"},
        Row{47003, fail_message, "a template parameter does not fit"},
        Row{48001,
            hold_account,
            "the account has no right to this call: have it verified in the WeChat console"},  // A5
        Row{48002, fail_message, "the contact has switched this account's messages off"},
        Row{48003,
            hold_account,
            "the account's agreement is not signed: accept it in the WeChat console"},  // A5
        Row{48004,
            hold_account,
            "this call is blocked for the account: see its notices in the WeChat console"},  // A5
        Row{48006, slow_down, "the resets of the limit are used up for this month"},         // A5
        Row{48008,
            hold_account,
            "the account has no right to this message type: see its rights in the WeChat console"},  // A5
        Row{50001,
            hold_account,
            "the account did not authorise this call: authorise it in the WeChat console"},  // A5
        Row{50002,
            hold_account,
            "WeChat limits the contact or the account: see its notices in the WeChat console"},  // A5
        Row{50004,
            hold_account,
            "the account may not fetch access tokens: see its notices in the WeChat console"},           // A5
        Row{50005, not_following, "the contact does not follow the account"},                            // A3
        Row{50007, hold_account, "the account is frozen: see its notices in the WeChat console"},        // A5
        Row{61003, hold_account, "the component is not authorised by the account: authorise it again"},  // A5
        Row{61004,
            hold_account,
            "this server's address is not registered: add it to the account's IP allow-list in the WeChat "
            "console"},  // A5
        Row{61005,
            try_later,
            "the component's ticket has expired; WeChat sends the next one within 10 minutes"},  // A5
        Row{61006,
            try_later,
            "the component's ticket is not valid; WeChat sends the next one within 10 minutes"},  // A5
        Row{61007,
            hold_account,
            "this call is not granted to the component: authorise it again with this right"},            // A5
        Row{61011, hold_account, "the component is not valid: correct its settings"},                    // A5
        Row{61023, hold_account, "the account's authorisation is not valid any more: authorise again"},  // A5
        Row{61450, try_later, "WeChat's customer service is out of order"},                              // A5
        Row{61451, fail_message, "a parameter is not valid"},
        Row{61452, fail_message, "the customer service account is not valid"},
        Row{65400, fail_message, "the customer service function is not enabled for the account"},
        Row{65401, fail_message, "the customer service account is not valid"},
        Row{65402, fail_message, "the customer service account has no owner bound to it"},
        Row{65403, fail_message, "the customer service nickname is not valid"},
        Row{65404, fail_message, "the customer service account is not valid"},
        Row{65405, fail_message, "the account has all the customer service accounts it may have"},
        Row{65406, fail_message, "the customer service account exists already"},
        Row{65407, fail_message, "the invitation's receiver already serves this account"},
        Row{65408, fail_message, "the account has sent all the invitations it may send"},
        Row{65409, fail_message, "the invitation's receiver is not valid"},
        Row{65410, fail_message, "the invitation's receiver has another one waiting"},
        Row{65411, fail_message, "the customer service account is bound already"},
        Row{65412, fail_message, "the customer service account has an invitation waiting"},
        Row{65413, fail_message, "the contact is not in a session with this customer service account"},
        Row{65414, fail_message, "another customer service account serves the contact"},
        Row{65415, fail_message, "the customer service account is offline"},
        Row{65416, fail_message, "a parameter of the customer service call is not valid"},
        Row{65417, fail_message, "the time range of the customer service call is not valid"},
        Row{76001, fail_message, "the request id is unknown"},
        Row{76002, fail_message, "the request id is not valid"},
        Row{87014, fail_message, "WeChat refuses the message's content"},
        Row{89501, hold_account, "an administrator must confirm this server's address in WeChat"},  // A5
        Row{89502, hold_account, "an administrator must confirm this server's address in WeChat"},  // A5
        Row{89503, hold_account, "an administrator must confirm this server's address in WeChat"},  // A5
        Row{89504, hold_account, "an administrator must confirm this server's address in WeChat"},  // A5
        Row{89505, hold_account, "an administrator must confirm this server's address in WeChat"},  // A5
        Row{89506,
            hold_account,
            "an administrator refused this server's address; WeChat asks again in 24 hours"},  // A5
        Row{89507,
            hold_account,
            "an administrator refused this server's address; WeChat asks again in an hour"},  // A5
    };
static_assert(
    std::ranges::adjacent_find(table, std::ranges::greater_equal{}, &Row::errcode) == table.end(),
    "sorted by errcode, each of them once"
);

}  // namespace

std::span<const Row> errcode_table()
{
    return table;
}

Row row_of(std::int64_t errcode)
{
    const auto* const row = std::ranges::lower_bound(table, errcode, {}, &Row::errcode);
    if (row != table.end() && row->errcode == errcode)
        return *row;
    return {errcode, Meaning::fail_message, "WeChat refused the message"};
}

Row row_of_token_fault(std::int64_t errcode)
{
    if (errcode == 40001)
        return {
            errcode,
            Meaning::hold_account,
            "the app secret is not valid: correct app_secret in the customer's file"};
    auto row = row_of(errcode);
    // Without a token nothing can be sent: whatever time does not heal, an operator must.
    const bool heals = row.meaning == Meaning::sent || row.meaning == Meaning::try_later
                    || row.meaning == Meaning::slow_down;
    if (!heals)
        row.meaning = Meaning::hold_account;
    return row;
}

}  // namespace wechat::codec
