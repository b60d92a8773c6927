export default "h-52"
