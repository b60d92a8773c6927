export default "h-40"
